import { QueryClient } from "@tanstack/react-query";
import { isProblem, NO_ANSWER } from "@/api/problems";

/** Ask again only when nobody answered; a refusal in words is an answer. */
export function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (failures, error) => isProblem(error, NO_ANSWER) && failures < 2 },
    },
  });
}

/** The one of the running app. */
export const queries = newQueries();
