import './messages.ts';

export { ListingCard } from './parts/ListingCard.tsx';
export { distanceText, priceText } from './parts/words.ts';
