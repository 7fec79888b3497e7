import { ExtensionContext, Uri, commands, env, window, workspace } from "vscode";
import {
  LanguageClient,
  LanguageClientOptions,
  RevealOutputChannelOn,
  ServerOptions,
} from "vscode-languageclient/node";

const NAME = "golint-concurrency";
const SETTINGS = ["run", "delay", "select", "ignore", "severity"];

let client: LanguageClient | undefined;

/** What the server is told; settings that are not set stay with the server's defaults. */
function options(): Record<string, unknown> {
  const configuration = workspace.getConfiguration(NAME);
  const chosen: Record<string, unknown> = {};
  for (const name of SETTINGS) {
    const value = configuration.get(name);
    if (value !== null && value !== undefined) {
      chosen[name] = value;
    }
  }
  return chosen;
}

function command(): string[] {
  const configured = workspace.getConfiguration(NAME).get<string[]>("command");
  return configured && configured.length > 0 ? configured : [NAME, "server"];
}

async function start(): Promise<void> {
  const [executable, ...args] = command();
  const server: ServerOptions = { command: executable, args };
  const settings: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "go" },
      { scheme: "untitled", language: "go" },
    ],
    initializationOptions: options(),
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  };
  client = new LanguageClient(NAME, NAME, server, settings);
  try {
    await client.start();
  } catch {
    client = undefined;
    const help = "How to install";
    const chosen = await window.showErrorMessage(
      `${NAME}: "${executable}" could not be started. Install it with: pipx install "${NAME}[lsp]"`,
      help,
    );
    if (chosen === help) {
      await env.openExternal(Uri.parse("https://pypi.org/project/golint-concurrency/"));
    }
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand(`${NAME}.restart`, async () => {
      await stop();
      await start();
    }),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration(`${NAME}.command`)) {
        await stop();
        await start();
      } else if (event.affectsConfiguration(NAME)) {
        await client?.sendNotification("workspace/didChangeConfiguration", {
          settings: { [NAME]: options() },
        });
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
