/** Texts of the generated market: a vocabulary per category, put together by a seeded generator. */
import { categories, type CategoryId } from '@plumbline/domain/categories';

export interface GeneratedText {
  categoryId: CategoryId;
  category: number;
  title: string;
  tags: string;
  body: string;
}

/** The same numbers in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const things: Record<CategoryId, string> = {
  plumbing:
    'tap toilet sink basin shower pipe drain cistern valve leak radiator bath dishwasher stopcock waste trap overflow immersion ballcock hose',
  electrical:
    'socket switch fuse board lamp wiring light cable circuit charger alarm cooker extractor dimmer breaker spotlight meter earth bonding sensor',
  heating:
    'boiler radiator thermostat cylinder pump flue heating underfloor combi valve gas burner timer bleed pressure magnaclean heatpump tank coil vent',
  cleaning:
    'oven carpet window floor kitchen bathroom office stairs sofa mattress curtains blinds patio limescale grease dust tenancy ironing laundry fridge',
  painting:
    'wall ceiling door skirting window hallway stairwell fence shed plaster wallpaper mural primer gloss emulsion banister panel railing facade porch',
  carpentry:
    'door shelf cupboard wardrobe skirting floorboard staircase deck gate worktop frame hinge bookcase bench banister sash pergola cladding loft joist',
  gardening:
    'lawn hedge tree border patio fence pond weeds shrub turf compost leaves pruning rose allotment raised planter gravel stump ivy',
  roofing:
    'tile slate gutter chimney flashing felt skylight fascia soffit ridge lead moss downpipe leak dormer valley cowl verge membrane flat',
  handyperson:
    'shelf picture mirror flatpack curtain television blind lock bracket handle sealant hinge letterbox doorbell desk bed rail hook cot swing',
  locksmith:
    'lock door key cylinder handle window safe letterbox hinge bolt latch deadlock garage gate padlock euro mortice uPVC keypad intercom',
  removals:
    'sofa piano wardrobe boxes house office flat van rubbish loft garage furniture fridge mattress storage clearance skip student bed safe',
  appliances:
    'washing machine dishwasher oven fridge freezer dryer hob cooker microwave extractor element drum seal pump belt thermostat filter hinge motor',
};
const acts =
  'repair install replace service fit clean inspect fix check adjust unblock upgrade remove refresh test'.split(' ');
const common =
  'same day friendly local tidy insured guarantee quote careful experienced team weekend evening emergency quick honest price family company qualified work home flat landlord tenant included parts labour visit hour free call booking reliable safe modern old small large house kitchen bathroom garden before after finish dust covers photos advice report'.split(
    ' ',
  );

const pick = (random: () => number, words: readonly string[]): string =>
  words[Math.floor(random() * words.length)] ?? '';
const some = (random: () => number, words: readonly string[], count: number): string[] =>
  Array.from({ length: count }, () => pick(random, words));

/** So many texts, spread evenly over the categories. */
export function generateTexts(count: number, seed = 42): GeneratedText[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index): GeneratedText => {
    const category = categories[index % categories.length] ?? categories[0];
    const own = things[category.id].split(' ');
    const [first, second] = [pick(random, own), pick(random, own)];
    return {
      categoryId: category.id,
      category: category.number,
      title: `${first} ${pick(random, acts)} and ${second} ${pick(random, acts)}`,
      tags: [category.name, ...some(random, own, 3)].join(' '),
      body: [...some(random, own, 7), ...some(random, acts, 4), ...some(random, common, 14)].join(' '),
    };
  });
}

/** Questions that people would type: one to three words about one category. */
export function generateQuestions(
  count: number,
  seed = 7,
): { categoryId: CategoryId; category: number; words: string }[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const category = pickOf(random, categories);
    const own = things[category.id].split(' ');
    const shape = random();
    const words =
      shape < 0.4
        ? pick(random, own)
        : shape < 0.8
          ? `${pick(random, own)} ${pick(random, acts)}`
          : `${pick(random, own)} ${pick(random, own)} ${pick(random, common)}`;
    return { categoryId: category.id, category: category.number, words };
  });
}

const pickOf = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
