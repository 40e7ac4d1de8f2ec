import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { BrowserRouter } from "react-router";
import { Toasts } from "@/components/Toasts";
import { Broken } from "./Broken";
import { Pages } from "./Pages";
import { queries } from "./queries";
import { SamePerson } from "./SamePerson";
import { Updates } from "./Updates";

export function App() {
  return (
    <StrictMode>
      <Broken>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Toasts>
              <Pages />
              <Updates />
              <SamePerson />
            </Toasts>
          </BrowserRouter>
        </QueryClientProvider>
      </Broken>
    </StrictMode>
  );
}
