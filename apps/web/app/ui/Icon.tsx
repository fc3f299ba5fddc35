import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import sprite from './icons.svg?url';

export type IconName =
  | 'search'
  | 'place'
  | 'calendar'
  | 'clock'
  | 'check'
  | 'cross'
  | 'alert'
  | 'info'
  | 'arrow-end'
  | 'arrow-start'
  | 'chevron-down'
  | 'plus'
  | 'minus'
  | 'user'
  | 'menu'
  | 'star'
  | 'shield'
  | 'card'
  | 'bank'
  | 'filter'
  | 'map'
  | 'list'
  | 'sun'
  | 'moon'
  | 'home'
  | 'briefcase'
  | 'document'
  | 'upload'
  | 'phone'
  | 'lock'
  | 'refresh'
  | 'target'
  | 'crew'
  | 'bolt'
  | 'out';

/** A line icon from the sprite; it takes the colour of the text around it and says nothing to a screen reader. */
export function Icon({ name, size = 20, className }: { name: IconName; size?: number; className?: string }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      className={cx('inline-block shrink-0', className)}
      aria-hidden="true"
      focusable="false"
    >
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
