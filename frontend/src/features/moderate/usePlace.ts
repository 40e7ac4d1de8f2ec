import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { asAddress, readPlace, type Place } from "./place";

/** What the address asks for, and a way to ask for something else. */
export function usePlace(): [Place, (part: Partial<Place>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<Place>) =>
    setParams((now) => asAddress({ ...readPlace(now), message: "", ...part }), { replace: true });
  return [readPlace(params), change];
}

/** The message one is at stands in the address, to come back to it. */
export function useMessageInAddress(id: string | undefined): void {
  const [, setParams] = useSearchParams();
  useEffect(() => {
    setParams((before) => asAddress({ ...readPlace(before), message: id ?? "" }), {
      replace: true,
      preventScrollReset: true,
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once a message, not whenever the router hands out another function
  }, [id]);
}
