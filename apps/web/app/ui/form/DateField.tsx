import type { InputHTMLAttributes, ReactNode } from 'react';
import { TextField } from '../Field.tsx';
import type { Anatomy } from '../Field.tsx';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id' | 'type' | 'prefix' | 'min' | 'max'>;

/**
 * A day, by the browser's own field: it speaks the reader's language, knows the phone's wheel and posts `2026-12-01`
 * without any script. `DatePicker` is for pages that need a calendar of their own.
 */
export function DateField({ min, max, ...field }: Anatomy & Native & { min?: string; max?: string }): ReactNode {
  return <TextField {...field} type="date" min={min} max={max} className="max-w-56" />;
}
