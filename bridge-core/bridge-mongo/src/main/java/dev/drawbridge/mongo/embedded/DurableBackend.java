package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.h2.mvstore.MVStore;

/// Answers commands from the file, and answers one that may change something only after the disk has the change.
final class DurableBackend extends AbstractMongoBackend {
    /// Commands, in lower case, that change nothing. Any other is taken for a change.
    private static final Set<String> READS = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "listcollections",
            "listdatabases",
            "listindexes",
            "hello",
            "ismaster",
            "buildinfo",
            "ping",
            "whatsmyuri",
            "serverstatus",
            "hostinfo",
            "getlog",
            "getparameter",
            "getcmdlineopts",
            "connectionstatus",
            "endsessions",
            "dbstats",
            "collstats",
            "validate");

    private final MVStore store;
    private final GroupCommit commits;

    DurableBackend(MVStore store, GroupCommit commits) {
        this.store = store;
        this.commits = commits;
        store.getMapNames().stream()
                .filter(name -> name.startsWith(OrderedDatabase.DOCUMENTS))
                .map(name -> name.substring(OrderedDatabase.DOCUMENTS.length()))
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .toList()
                .forEach(this::resolveDatabase);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new OrderedDatabase(name, store, getCursorRegistry());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        commits.requireWorking();
        if (reads(command.toLowerCase(Locale.ROOT), query)) {
            return super.handleCommand(channel, database, command, query);
        }
        return mayBeLost(query)
                ? commits.run(() -> super.handleCommand(channel, database, command, query))
                : commits.durably(() -> super.handleCommand(channel, database, command, query));
    }

    private static boolean reads(String command, Document query) {
        return READS.contains(command) || (command.equals("aggregate") && !storesItsResult(query));
    }

    private static boolean storesItsResult(Document query) {
        return query.get("pipeline") instanceof Collection<?> stages
                && stages.stream()
                        .anyMatch(stage -> stage instanceof Document document
                                && (document.containsKey("$out") || document.containsKey("$merge")));
    }

    /// Whether the client said that it does not wait for the disk: `{writeConcern: {j: false}}`.
    private static boolean mayBeLost(Document query) {
        return query.get("writeConcern") instanceof Document concern && Boolean.FALSE.equals(concern.get("j"));
    }
}
