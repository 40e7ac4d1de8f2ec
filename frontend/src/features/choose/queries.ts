import { queryOptions } from "@tanstack/react-query";
import { api, data } from "@/api/client";

/** What is open now, in my languages. */
export const available = queryOptions({
  queryKey: ["tasks", "available"],
  queryFn: () => data(api.GET("/api/v1/tasks/available")),
});

/** What I have in hand. */
export const inHand = queryOptions({
  queryKey: ["tasks", "leased"],
  queryFn: () => data(api.GET("/api/v1/tasks", { params: { query: { status: "leased" } } })),
});
