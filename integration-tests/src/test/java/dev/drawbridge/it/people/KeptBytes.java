package dev.drawbridge.it.people;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/// Everything a running bridge keeps, byte by byte: each document of each collection as the store hands it out over
/// MongoDB's protocol, and each file of the data folder, the journal of the broker among them. Not the file of the
/// embedded store itself, which holds what was removed until its pages are written anew: a request whose signer is not
/// known yet is on disk until that was asked (ADR 11).
final class KeptBytes {
    private static final Pattern EMBEDDED = Pattern.compile("mongodb://127\\.0\\.0\\.1:\\d+");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
    /// What the server keeps for itself.
    private static final List<String> SYSTEM = List.of("admin", "local", "config");

    private final Path home;
    private final Optional<String> store;

    /// @param home the folder of the instance
    /// @param store where its store is; empty for the embedded one, which says in the log where it listens
    KeptBytes(Path home, Optional<String> store) {
        this.home = home;
        this.store = store;
    }

    /// Where any of these words is, or the bytes that a key is: a collection and the document, or a file.
    List<String> where(List<String> words) {
        List<String> found = new ArrayList<>(inFiles(spelled(words)));
        found.addAll(stored(words));
        return found;
    }

    /// Documents of the store with one of these words in them.
    List<String> stored(List<String> words) {
        List<String> patterns = spelled(words);
        List<String> found = new ArrayList<>();
        documents()
                .forEach((collection, all) -> all.stream()
                        .filter(document -> patterns.stream().anyMatch(bytes(document)::contains))
                        .map(document -> collection + ": " + document.toJson())
                        .forEach(found::add));
        return found;
    }

    private static List<String> spelled(List<String> words) {
        return words.stream().flatMap(KeptBytes::spellings).toList();
    }

    /// The documents of one collection.
    List<BsonDocument> collection(String name) {
        return documents().getOrDefault(name, List.of());
    }

    /// How many there are of each: a reading of nothing finds nothing.
    Map<String, Integer> sizes() {
        var sizes = new TreeMap<String, Integer>();
        documents().forEach((collection, all) -> sizes.put(collection, all.size()));
        return sizes;
    }

    private Map<String, List<BsonDocument>> documents() {
        var documents = new TreeMap<String, List<BsonDocument>>();
        try (MongoClient client = MongoClients.create(address())) {
            for (String name : databases(client)) {
                MongoDatabase database = client.getDatabase(name);
                for (String collection : database.listCollectionNames()) {
                    documents
                            .computeIfAbsent(collection, _ -> new ArrayList<>())
                            .addAll(database.getCollection(collection, BsonDocument.class)
                                    .find()
                                    .into(new ArrayList<>()));
                }
            }
        }
        return documents;
    }

    private List<String> databases(MongoClient client) {
        return store.map(uri -> List.of(
                        uri.replaceFirst("^mongodb(\\+srv)?://[^/]+/", "").replaceFirst("\\?.*", "")))
                .orElseGet(() -> client.listDatabaseNames().into(new ArrayList<>()).stream()
                        .filter(name -> !SYSTEM.contains(name))
                        .toList());
    }

    private String address() {
        return store.orElseGet(() -> EMBEDDED.matcher(read(home.resolve("drawbridge.log")))
                .results()
                .map(MatchResult::group)
                .reduce((_, latest) -> latest)
                .orElseThrow(() -> new AssertionError("the log does not say where the store is")));
    }

    private List<String> inFiles(List<String> patterns) {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("data/store")))
                    .filter(file -> patterns.stream().anyMatch(read(file)::contains))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One character for each byte. A file that went meanwhile holds nothing.
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bytes(BsonDocument document) {
        var out = new BasicOutputBuffer();
        try (var writer = new BsonBinaryWriter(out)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
        }
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static Stream<String> spellings(String word) {
        String plain = new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return KEY.matcher(word).matches()
                ? Stream.of(plain, new String(HexFormat.of().parseHex(word), StandardCharsets.ISO_8859_1))
                : Stream.of(plain);
    }
}
