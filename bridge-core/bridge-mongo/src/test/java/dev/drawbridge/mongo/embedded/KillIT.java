package dev.drawbridge.mongo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments: whatever was acknowledged is there afterwards, and the indexes agree with the
/// documents.
class KillIT {
    private static final int ROUNDS = 4;

    private final Set<String> inserted = new HashSet<>();
    private final Set<String> updated = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedWriteOutlivesTheProcess() throws Exception {
        long seed = System.nanoTime();
        System.out.println("KillIT seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            killAfter(round, 100 + random.nextInt(1500));
            check(seed, round);
        }
        System.out.println("KillIT: " + inserted.size() + " inserts, " + updated.size() + " updates and "
                + deleted.size() + " deletes acknowledged over " + ROUNDS + " kills, none lost");
        assertThat(inserted).hasSizeGreaterThan(100);
        assertThat(updated).isNotEmpty();
        assertThat(deleted).isNotEmpty();
    }

    private void killAfter(int round, int millis) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.to(
                        Files.createTempFile(folder, "stderr", ".txt").toFile()))
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals("ready")) {
                line = lines.readLine();
            }
            assertThat(line).as("the writer started").isEqualTo("ready");
            Thread killer = Thread.ofVirtual().start(() -> kill(writer, millis));
            lines.lines().forEach(this::acknowledged);
            killer.join();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /// The one place where a test waits for a moment in time: that is what is tested.
    private static void kill(Process writer, int millis) {
        try {
            writer.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not the process itself: that would also close its output before we have read all of it.
        writer.toHandle().destroyForcibly();
    }

    private void acknowledged(String line) {
        String[] words = line.split(" ");
        if (words.length == 2) {
            switch (words[0]) {
                case "insert" -> inserted.add(words[1]);
                case "update" -> updated.add(words[1]);
                case "delete" -> deleted.add(words[1]);
                default -> {}
            }
        }
    }

    private void check(long seed, int round) {
        String where = "seed " + seed + ", round " + round;
        try (EmbeddedMongo server = EmbeddedMongo.open(folder);
                MongoClient client = MongoClients.create(server.uri())) {
            MongoCollection<Document> things = client.getDatabase("d").getCollection("things");
            Set<String> found = new HashSet<>();
            Set<String> foundUpdated = new HashSet<>();
            for (Document document : things.find()) {
                found.add(document.getString("_id"));
                if (document.getBoolean("updated", false)) {
                    foundUpdated.add(document.getString("_id"));
                }
            }
            Set<String> expected = new HashSet<>(inserted);
            expected.removeAll(deleted);
            // An unacknowledged delete may have happened, of one document per thread and round.
            List<String> lost =
                    expected.stream().filter(id -> !found.contains(id)).toList();
            assertThat(lost).as(where).hasSizeLessThanOrEqualTo(KilledWriter.THREADS * (round + 1));
            assertThat(lost).as(where).allMatch(this::mayHaveBeenDeleted);
            assertThat(deleted).as(where).noneMatch(found::contains);
            Set<String> updatedExpected = new HashSet<>(updated);
            updatedExpected.retainAll(found);
            assertThat(foundUpdated).as(where).containsAll(updatedExpected);
            assertIndexesAgree(things, found, where);
        }
    }

    /// Whether the delete of a document was the next thing its thread did when it was killed.
    private boolean mayHaveBeenDeleted(String id) {
        int dot = id.lastIndexOf('.');
        int number = Integer.parseInt(id.substring(dot + 1));
        String name = id.substring(0, dot + 1);
        return (number + 3) % 5 == 4
                && inserted.contains(name + (number + 3))
                && !inserted.contains(name + (number + 4))
                && !deleted.contains(id);
    }

    private static void assertIndexesAgree(MongoCollection<Document> things, Set<String> found, String where) {
        AtomicLong byThread = new AtomicLong();
        for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
            byThread.addAndGet(things.countDocuments(new Document("thread", thread)));
        }
        assertThat(byThread.get()).as(where).isEqualTo(found.size());
        for (String id : new ArrayList<>(found).subList(0, Math.min(200, found.size()))) {
            assertThat(things.find(new Document("name", "name of " + id)).first())
                    .as(where)
                    .containsEntry("_id", id);
        }
    }
}
