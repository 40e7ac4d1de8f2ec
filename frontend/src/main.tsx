import { createRoot } from "react-dom/client";
import "./tokens.css";
import "./base.css";
import { App } from "./app/App";
import { startI18n } from "./lib/i18n";
import { wearTheme } from "./lib/theme";

wearTheme();
void startI18n().then(() => {
  createRoot(document.getElementById("root")!).render(<App />);
});
