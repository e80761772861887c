package dev.drawbridge.config.cli;

import dev.drawbridge.model.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A command as somebody typed it, and everything it answered.
record TypedCommand(int exit, String out, String err) {
    static TypedCommand of(String input, String... arguments) {
        return of(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static TypedCommand of(byte[] input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = Commands.run(
                List.of(arguments),
                console,
                List.of(new FakeFactory(new Network("dove")), new FakeFactory(new Network("pigeon"))),
                Map.of());
        return new TypedCommand(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
