import { notFound } from '../lib/load.ts';

export function loader(): never {
  notFound();
}

export default function NotFound(): null {
  return null;
}
