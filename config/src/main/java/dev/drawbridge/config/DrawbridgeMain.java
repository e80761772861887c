package dev.drawbridge.config;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.cli.Console;
import java.util.List;

/// Where the program starts.
public final class DrawbridgeMain {
    private DrawbridgeMain() {}

    public static void main(String[] arguments) {
        int code = Commands.run(List.of(arguments), Console.terminal(), Commands.networks(), System.getenv());
        System.exit(code);
    }
}
