/**
 * The twelve kinds of work of the marketplace, in the order in which they are shown. `number` is how tables and
 * indexes hold a category; it is never reused.
 */
export const categories = [
  { id: 'plumbing', number: 1, name: 'Plumbing' },
  { id: 'electrical', number: 2, name: 'Electrical' },
  { id: 'heating', number: 3, name: 'Heating and boilers' },
  { id: 'cleaning', number: 4, name: 'Cleaning' },
  { id: 'painting', number: 5, name: 'Painting and decorating' },
  { id: 'carpentry', number: 6, name: 'Carpentry and joinery' },
  { id: 'gardening', number: 7, name: 'Gardening' },
  { id: 'roofing', number: 8, name: 'Roofing and gutters' },
  { id: 'handyperson', number: 9, name: 'Odd jobs' },
  { id: 'locksmith', number: 10, name: 'Locks and doors' },
  { id: 'removals', number: 11, name: 'Removals and clearance' },
  { id: 'appliances', number: 12, name: 'Appliance repair' },
] as const;

export type CategoryId = (typeof categories)[number]['id'];

export const categoryIds: readonly CategoryId[] = categories.map(({ id }) => id);

const byId = new Map<string, (typeof categories)[number]>(categories.map((category) => [category.id, category]));
const byNumber = new Map<number, (typeof categories)[number]>(
  categories.map((category) => [category.number, category]),
);

export const isCategoryId = (text: string): text is CategoryId => byId.has(text);

/** The number under which tables hold a category. */
export function categoryNumber(id: CategoryId): number {
  const category = byId.get(id);
  if (!category) throw new Error(`unknown category ${id}`);
  return category.number;
}

/** The category of a number, undefined when there is none. */
export const categoryOf = (number: number): CategoryId | undefined => byNumber.get(number)?.id;
