import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, data } from "@/api/client";
import { PEOPLE } from "../keys";

/** What the list of people is asked for; it stands in the address. */
export const ANYBODY = { search: "", role: "", status: "", sort: "newest" };
export type Asked = typeof ANYBODY;

export const ROLES = ["volunteer", "moderator", "admin"] as const;
export const STATUSES = ["enabled", "watched", "muted", "banned"] as const;
export const SORTS = ["newest", "oldest", "last_active", "name"] as const;

function oneOf<T extends string>(value: string, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

/** As the API is asked. What makes no sense in an address is left out. */
export function asPeopleQuery({ search, role, status, sort }: Asked) {
  const [a, b, c] = [oneOf(role, ROLES), oneOf(status, STATUSES), oneOf(sort, SORTS)];
  return { ...(search && { search }), ...(a && { role: a }), ...(b && { status: b }), ...(c && { sort: c }) };
}

export function usePeople(asked: Asked) {
  const query = asPeopleQuery(asked);
  return useInfiniteQuery({
    queryKey: [...PEOPLE, "list", query],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/api/v1/moderation/people", {
          params: { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
}
