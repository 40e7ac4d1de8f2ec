import { useEffect, useState } from "react";

/** Whether a value has been the same for this long: nobody is typing just now. */
export function usePause(value: unknown, milliseconds: number): boolean {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled === value;
}
