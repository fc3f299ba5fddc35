import type { ReactNode } from 'react';
import { Button, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { Icon, type IconName } from '../Icon.tsx';

interface TooltipProps {
  /** The name of the button, shown when one points at it or comes to it by the keyboard. */
  label: string;
  icon: IconName;
  onPress: () => void;
}

/** A button with only a picture, and its name beside it on demand. Nothing that one must know stands in a tooltip. */
export function IconButton({ label, icon, onPress }: TooltipProps): ReactNode {
  return (
    <TooltipTrigger delay={400}>
      <Button
        aria-label={label}
        onPress={onPress}
        className="grid size-touch place-items-center rounded-control text-ink-muted hover:bg-sunk hover:text-ink"
      >
        <Icon name={icon} />
      </Button>
      <AriaTooltip offset={6} className="rounded-control bg-ink px-2.5 py-1.5 text-14 text-on-ink shadow-float">
        {label}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
