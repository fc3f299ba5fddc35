import './messages.ts';

export { ListingCard } from './parts/ListingCard.tsx';
export { distanceText, priceText, countText } from './parts/words.ts';
