package dev.drawbridge.activitypub.object.linkeddata;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.apicatalog.rdf.canon.RdfCanon;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads documents as [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/) and brings what they say into
/// [canonical form](https://www.w3.org/TR/rdf-canon/) (RDFC-1.0, formerly URDNA2015).
/// Only with the contexts that come with the bridge, and only as long as it costs little: both steps can be made to
/// take forever by whoever writes the document. Safe for many threads.
public final class LinkedData {
    /// Ten times the longest post of a usual server.
    private static final int LONGEST = 100_000;
    private static final int MOST_STATEMENTS = 3_000;
    private static final int MOST_CONTEXTS = 32;
    /// Steps of telling blank nodes apart. An honest document takes a few for each tag or poll option.
    private static final int MOST_STEPS = 20_000;
    private static final Duration LONGEST_EXPANSION = Duration.ofSeconds(5);
    private static final String FIELD = "linked data";

    private final BundledContexts contexts = new BundledContexts();
    /// The library writes what it skips to the log, in the words of whoever wrote the document. Held here: a level is
    /// forgotten with its logger.
    private final Logger library = Logger.getLogger("com.apicatalog");

    public LinkedData() {
        library.setLevel(Level.OFF);
    }

    /// What a document says.
    ///
    /// @return unreadable with a context that is not bundled, if it is not JSON-LD, or if it would cost too much
    public Reading<Graph> read(JsonNode document) {
        Optional<String> objection = objection(document);
        if (objection.isPresent()) {
            return Reading.unreadable(FIELD, objection.get());
        }
        try {
            var statements = statements(Documents.write(document));
            return Reading.of(new Graph(statements, canonical(statements)));
        } catch (JsonLdError e) {
            return Reading.unreadable(FIELD, String.valueOf(e.getMessage()));
        } catch (RdfConsumerException | RuntimeException e) {
            // The library throws whatever it likes at what is not well formed; none of it may stop the inbox.
            return Reading.unreadable(FIELD, "too much, or not well formed: " + e.getMessage());
        }
    }

    /// Why a document is not read, as far as that can be told by walking through it once; empty if nothing speaks
    /// against it yet.
    public static Optional<String> objection(JsonNode document) {
        if (Documents.write(document).length() > LONGEST) {
            return Optional.of("longer than " + LONGEST + " characters");
        }
        // Before the library sees it: what it does with many values of one property costs more than their number.
        if (values(document) > MOST_STATEMENTS) {
            return Optional.of("more than " + MOST_STATEMENTS + " statements");
        }
        return contexts(document) > MOST_CONTEXTS
                ? Optional.of("more than " + MOST_CONTEXTS + " contexts")
                : Optional.empty();
    }

    private static int values(JsonNode node) {
        int here = node.isValueNode() ? 1 : 0;
        for (JsonNode value : node) {
            here += values(value);
        }
        return here;
    }

    /// How many contexts have to be taken in, each as often as it is named.
    private static int contexts(JsonNode node) {
        int here = node.has("@context") ? Math.max(1, node.path("@context").size()) : 0;
        for (JsonNode value : node) {
            here += contexts(value);
        }
        return here;
    }

    private List<Statement> statements(String text) throws JsonLdError {
        var options = new JsonLdOptions(contexts);
        options.setTimeout(LONGEST_EXPANSION);
        options.setOrdered(false);
        var found = new ArrayList<Statement>();
        JsonLd.toRdf(JsonDocument.of(new StringReader(text))).options(options).provide(collecting(found));
        return found.stream().distinct().toList();
    }

    private static String canonical(List<Statement> statements) throws RdfConsumerException {
        var canon = RdfCanon.create("SHA-256", new Steps(MOST_STEPS)::take);
        for (Statement s : statements) {
            canon.quad(
                    s.subject(),
                    s.predicate(),
                    s.object(),
                    s.datatype().orElse(null),
                    s.language().orElse(null),
                    null,
                    s.graph().orElse(null));
        }
        var relabelled = new ArrayList<Statement>();
        canon.provide(collecting(relabelled));
        return relabelled.stream().map(Statement::line).sorted().collect(Collectors.joining());
    }

    private static RdfQuadConsumer collecting(List<Statement> found) {
        return new RdfQuadConsumer() {
            @Override
            public RdfQuadConsumer quad(
                    String subject,
                    String predicate,
                    String object,
                    @Nullable String datatype,
                    @Nullable String language,
                    @Nullable String direction,
                    @Nullable String graph) {
                if (found.size() >= MOST_STATEMENTS) {
                    throw new IllegalStateException("more than " + MOST_STATEMENTS + " statements");
                }
                found.add(new Statement(
                        subject,
                        predicate,
                        object,
                        Optional.ofNullable(datatype),
                        Optional.ofNullable(language),
                        Optional.ofNullable(graph)));
                return this;
            }
        };
    }

    /// Counts, so that the same document always costs the same.
    private static final class Steps {
        private int left;

        Steps(int most) {
            left = most;
        }

        void take() {
            if (--left < 0) {
                throw new IllegalStateException("its blank nodes are too much alike");
            }
        }
    }
}
