import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { BrowserRouter } from "react-router";
import { isProblem, NO_ANSWER } from "@/api/problems";
import { Toasts } from "@/components/Toasts";
import { Broken } from "./Broken";
import { Pages } from "./Pages";
import { Updates } from "./Updates";

/** Ask again only when nobody answered; a refusal in words is an answer. */
export function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (failures, error) => isProblem(error, NO_ANSWER) && failures < 2 },
    },
  });
}

const queries = newQueries();

export function App() {
  return (
    <StrictMode>
      <Broken>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Toasts>
              <Pages />
              <Updates />
            </Toasts>
          </BrowserRouter>
        </QueryClientProvider>
      </Broken>
    </StrictMode>
  );
}
