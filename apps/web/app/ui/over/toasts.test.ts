import { afterEach, describe, expect, it, vi } from 'vitest';
import { dismissToast, subscribe, toast, toasts } from './toasts.ts';

afterEach(() => toasts().forEach(({ id }) => dismissToast(id)));

describe('toasts', () => {
  it('come at the end, and the oldest of four goes', () => {
    for (const text of ['one', 'two', 'three', 'four']) toast(text);
    expect(toasts().map(({ text }) => text)).toEqual(['two', 'three', 'four']);
  });

  it('go when dismissed, and listeners hear both until they leave', () => {
    const heard = vi.fn<() => void>();
    const leave = subscribe(heard);
    const id = toast('saved');
    dismissToast(id);
    expect(toasts()).toEqual([]);
    leave();
    toast('again');
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
