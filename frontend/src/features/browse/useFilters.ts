import { useSearchParams } from "react-router";
import { asAddress, readFilters, type Filters } from "./filters";

/** What the address asks for, and a way to ask for something else. */
export function useFilters(): [Filters, (part: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams();
  const filters = readFilters(params);
  const change = (part: Partial<Filters>) =>
    setParams((now) => asAddress({ ...readFilters(now), ...part }), { replace: true });
  return [filters, change];
}
