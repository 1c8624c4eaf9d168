import { type RefObject, useEffect, useRef } from "react";

/**
 * For a box whose controls go with what they do: when `state` changes and what had the focus in the box is gone, the box
 * takes it, or what `find` finds in it. Nobody's focus is taken from elsewhere.
 */
export function useHeldFocus<E extends HTMLElement>(
  state: unknown,
  find?: (box: E) => HTMLElement | null,
): RefObject<E | null> {
  const box = useRef<E>(null);
  const isHeld = useRef(false);
  const finder = useRef(find);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      isHeld.current = target instanceof Node && box.current?.contains(target) === true;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  const shown = useRef(state);
  useEffect(() => {
    if (shown.current === state) return;
    shown.current = state;
    if (!box.current || !isHeld.current || document.activeElement !== document.body) return;
    (finder.current?.(box.current) ?? box.current).focus();
  }, [state]);
  return box;
}
