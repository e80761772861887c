package dev.drawbridge.config.translate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Finds the documents in the input: one JSON value over many lines, or one on each line.
final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    /// Calls `each` with every document as it was written and the number of its first line.
    ///
    /// If the first line is a document, every line is taken for one, and they are read as they come. Whether the
    /// others are JSON is seen by who takes them apart, see [#requireJson].
    ///
    /// @param pause called when nothing more is there yet
    /// @throws BadInput if one document over many lines, or the first one, is not JSON, or nothing is there
    static void read(Reader input, BiConsumer<String, Integer> each, Runnable pause) {
        try (var lines = new BufferedReader(input)) {
            int number = 1;
            String line = lines.readLine();
            while (line != null && line.isBlank()) {
                line = lines.readLine();
                number++;
            }
            if (line == null) {
                throw new BadInput("the input is empty");
            }
            if (isJson(line)) {
                lines(line, number, lines, each, pause);
            } else {
                whole(line, number, lines, each);
            }
        } catch (CharacterCodingException e) {
            throw new BadInput("the input is not UTF-8 text");
        } catch (IOException e) {
            throw new BadInput("the input cannot be read: " + e.getMessage());
        }
    }

    private static void lines(
            String first, int at, BufferedReader rest, BiConsumer<String, Integer> each, Runnable pause)
            throws IOException {
        int number = at;
        for (String line = first; line != null; line = rest.readLine(), number++) {
            if (!line.isBlank()) {
                each.accept(line, number);
            }
            if (!rest.ready()) {
                pause.run();
            }
        }
    }

    private static void whole(String first, int number, BufferedReader rest, BiConsumer<String, Integer> each)
            throws IOException {
        var text = new StringBuilder(first);
        for (String line = rest.readLine(); line != null; line = rest.readLine()) {
            text.append('\n').append(line);
        }
        String document = text.toString();
        requireJson(document, number);
        each.accept(document, number);
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /// @throws BadInput with the place where it stops being JSON
    static void requireJson(String text, int line) {
        try {
            JSON.readTree(text);
        } catch (JacksonException e) {
            var where = e.getLocation();
            int at = where == null ? line : line + where.getLineNr() - 1;
            throw new BadInput("line " + at + ": is not JSON: " + e.getOriginalMessage());
        }
    }
}
