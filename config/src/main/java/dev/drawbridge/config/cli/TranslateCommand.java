package dev.drawbridge.config.cli;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.Version;
import dev.drawbridge.config.translate.BadInput;
import dev.drawbridge.config.translate.Resolutions;
import dev.drawbridge.config.translate.Translate;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `drawbridge translate`.
@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = {
            "Translates documents of one network into those of another, without network or store.",
            "Reads one JSON document, or one on each line. Writes one JSON document a line: for nostr the unsigned"
                    + " event, for atproto {\"collection\",\"rkey\",\"record\"}, for activitypub the activity.",
            "What is lost goes to stderr as {\"loss\":{\"field\",\"reason\"}}, what does not cross as"
                    + " {\"skipped\":\"reason\"}. Input that cannot be read: one line on stderr, exit code 2."
        },
        footer = {
            "",
            "The resolve file says who and what stands for whom on the network translated to; all but the keys is"
                    + " optional:",
            "  {\"actors\":{\"<id>\":{\"here\":\"<id there>\",\"handle\":\"<handle there>\"}},",
            "   \"objects\":{\"<id>\":{\"here\":\"<id there>\",\"version\":\"<version there>\",",
            "     \"root\":\"<first post of the thread there>\",\"rootVersion\":\"…\",\"author\":\"<author there>\"}},",
            "   \"choices\":{\"longPosts\":\"card or thread\",\"edits\":\"in-place or replace\"}}"
        })
final class TranslateCommand implements Callable<Integer> {
    private final Console console;
    private final List<ConnectorFactory> factories;

    @Option(names = "--from", required = true, paramLabel = "NETWORK", description = "the network of the input")
    private String from = "";

    @Option(names = "--to", required = true, paramLabel = "NETWORK", description = "the network of the output")
    private String to = "";

    @Option(names = "--resolve", paramLabel = "FILE", description = "who stands for whom, see below")
    private Optional<Path> resolve = Optional.empty();

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            defaultValue = "bridge.example",
            description = "the bridge's domain in ids that it makes (default: ${DEFAULT-VALUE})")
    private String domain = "";

    @Option(
            names = "--now",
            paramLabel = "TIME",
            defaultValue = "2100-01-01T00:00:00Z",
            description = "taken as the time of receipt, so that the output depends on the input alone (default:"
                    + " ${DEFAULT-VALUE})")
    private Instant now = Instant.EPOCH;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = "-", description = "the input; - for stdin")
    private String file = "-";

    TranslateCommand(Console console, List<ConnectorFactory> factories) {
        this.console = console;
        this.factories = factories;
    }

    @Override
    public Integer call() {
        Logs.off();
        try (Reader input = input()) {
            var known =
                    resolve.map(TranslateCommand::text).map(Resolutions::parse).orElse(Resolutions.NONE);
            new Translate(network(from), translator(from), network(to), translator(to), known, now)
                    .run(input, console.out(), console.err());
            return Exit.OK;
        } catch (BadInput e) {
            console.err().println("drawbridge translate: " + e.getMessage());
            return Exit.WRONG_INPUT;
        } catch (IOException e) {
            console.err().println("drawbridge translate: " + file + " cannot be read: " + e.getMessage());
            return Exit.WRONG_INPUT;
        }
    }

    private Reader input() throws IOException {
        // A decoder and not a charset: it reports what is not UTF-8 instead of replacing it.
        var decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return new InputStreamReader(
                    file.equals("-") ? console.in() : Files.newInputStream(Path.of(file)), decoder);
        } catch (NoSuchFileException e) {
            throw new BadInput("there is no file " + file);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadInput("there is no file " + file);
        } catch (IOException e) {
            throw new BadInput("the resolve file cannot be read: " + e.getMessage());
        }
    }

    private Network network(String name) {
        return factory(name).network();
    }

    private Translator translator(String name) {
        var instance = new InstanceInfo(
                URI.create("https://" + domain), domain, Settings.SOFTWARE, Version.current(), "", false);
        return factory(name).translator(instance);
    }

    private ConnectorFactory factory(String name) {
        return factories.stream()
                .filter(f -> f.network().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("there is no network " + name + "; there are "
                        + factories.stream()
                                .map(f -> f.network().name())
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }
}
