import { useSearchParams } from "react-router";

/** What the address asks for, by name; what it does not name is as in `blank`, and what is blank is not named. */
export function readAddress<T extends Record<string, string>>(params: URLSearchParams, blank: T): T {
  const pairs = Object.entries(blank).map(([name, value]) => [name, params.get(name) ?? value]);
  return Object.fromEntries(pairs) as T;
}

export function asAddress<T extends Record<string, string>>(asked: T, blank: T): URLSearchParams {
  return new URLSearchParams(Object.entries(asked).filter(([name, value]) => value !== blank[name]));
}

/** What is asked for stands in the address, to come back to it and to hand it on. */
export function useAddress<T extends Record<string, string>>(blank: T): [T, (part: Partial<T>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (part: Partial<T>) =>
    setParams((now) => asAddress({ ...readAddress(now, blank), ...part }, blank), {
      replace: true,
      preventScrollReset: true,
    });
  return [readAddress(params, blank), change];
}
