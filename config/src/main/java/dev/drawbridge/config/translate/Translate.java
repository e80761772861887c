package dev.drawbridge.config.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Documents of one network become documents of another, a line each. What is lost or skipped is said on the side.
public final class Translate {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BUFFER = 1 << 16;

    private final Translator reader;
    private final Translator writer;
    private final Resolved source;
    private final Resolved target;
    private final Instant now;

    public Translate(Network from, Translator reader, Network to, Translator writer, Resolutions known, Instant now) {
        this.reader = reader;
        this.writer = writer;
        this.source = known.source(from);
        this.target = known.target(from, to);
        this.now = now;
    }

    /// @param out gets the documents
    /// @param aside gets `{"loss":{"field":…,"reason":…}}` and `{"skipped":…}`
    /// @throws BadInput at the first document that cannot be read; what came before it is written
    public void run(Reader in, PrintStream out, PrintStream aside) {
        var buffered = new PrintStream(new BufferedOutputStream(out, BUFFER), false, StandardCharsets.UTF_8);
        try {
            Documents.read(in, (document, line) -> document(document, line, buffered, aside), buffered::flush);
        } finally {
            buffered.flush();
        }
    }

    private void document(String document, int line, PrintStream out, PrintStream aside) {
        Translation<NativeEvent> decoded = reader.decode(document, now);
        if (decoded instanceof Translation.Malformed<NativeEvent>) {
            // Says more exactly where.
            Documents.requireJson(document, line);
        }
        value(decoded, line, aside)
                .flatMap(event -> value(reader.toCanonical(event, source, now), line, aside))
                .ifPresent(activities -> {
                    if (activities.isEmpty()) {
                        skipped("nothing in it crosses", aside);
                    }
                    activities.forEach(activity -> write(activity, line, out, aside));
                });
    }

    private void write(Activity activity, int line, PrintStream out, PrintStream aside) {
        Optional<NativeDraft> draft = value(writer.fromCanonical(activity, target, now), line, aside);
        for (String one : draft.map(NativeDraft::documents).orElse(List.of())) {
            // A document may be written over several lines; here each gets one.
            out.println(one.indexOf('\n') < 0 ? one : JSON.writeValueAsString(JSON.readTree(one)));
        }
    }

    private static <T> Optional<T> value(Translation<T> translation, int line, PrintStream aside) {
        return switch (translation) {
            case Translation.Translated<T>(T value, List<Loss> losses) -> {
                for (Loss loss : losses) {
                    aside.println(JSON.writeValueAsString(
                            Map.of("loss", sorted("field", loss.field(), "reason", loss.reason()))));
                }
                yield Optional.of(value);
            }
            case Translation.Skipped<T>(String reason) -> {
                skipped(reason, aside);
                yield Optional.empty();
            }
            case Translation.Malformed<T>(String field, String detail) ->
                throw new BadInput("line " + line + ": " + field + ": " + detail);
        };
    }

    private static void skipped(String reason, PrintStream aside) {
        aside.println(JSON.writeValueAsString(Map.of("skipped", reason)));
    }

    private static Map<String, String> sorted(String a, String av, String b, String bv) {
        var map = new java.util.LinkedHashMap<String, String>();
        map.put(a, av);
        map.put(b, bv);
        return map;
    }
}
