package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/// [Consents] on MongoDB. A document per person holds the last answer for each network, one per answer the audit.
///
/// The networks somebody is carried to are repeated in an array beside the answers, in the same update, so that
/// they can be asked for with an index.
final class MongoConsents implements Consents {
    static final List<Index> INDEXES =
            List.of(Index.of("consents", "source"), Index.of("consentAudit", "actor", "since"));

    private final Documents people;
    private final Documents audit;

    MongoConsents(MongoDatabase database) {
        people = new Documents(database, "consents");
        audit = new Documents(database, "consentAudit");
    }

    @Override
    public void put(Consent consent) {
        String since = Row.write(consent.since());
        String actor = consent.actor().key();
        String target = consent.target().name();
        Document answer = new Document("target", target)
                .append("state", consent.state().name())
                .append("how", consent.how())
                .append("since", since);
        String auditId = Row.key(actor, since, consent.state().name(), target, consent.how());
        Document said = Row.of(auditId).append("actor", actor);
        said.putAll(answer);
        audit.insert(said);
        String place = "answers." + target;
        Bson earlier = consent.given() ? lt(place + ".since", since) : lte(place + ".since", since);
        people.upsert(
                and(eq("_id", actor), or(exists(place, false), earlier)),
                combine(
                        set(Row.VERSION, Row.LAYOUT),
                        set("source", consent.actor().network().name()),
                        set(place, answer),
                        consent.given() ? addToSet("given", target) : pull("given", target)));
    }

    @Override
    public Optional<Consent> find(NativeId actor, Network target) {
        return of(actor).stream().filter(c -> c.target().equals(target)).findFirst();
    }

    @Override
    public List<Consent> of(NativeId actor) {
        return people.byId(actor.key()).stream()
                .map(row -> row.child("answers"))
                .flatMap(answers -> answers.document().keySet().stream().map(answers::child))
                .map(answer -> consent(actor, answer))
                .toList();
    }

    @Override
    public void forEachGiven(Network source, Consumer<NativeId> visitor) {
        people.each(
                and(eq("source", source.name()), exists("given.0")),
                person -> visitor.accept(NativeId.parse(person.id())));
    }

    @Override
    public List<Consent> audit(NativeId actor) {
        return audit.list(eq("actor", actor.key()), ascending("since", "_id"), 0).stream()
                .map(answer -> consent(actor, answer))
                .toList();
    }

    private static Consent consent(NativeId actor, Row answer) {
        return new Consent(
                actor,
                answer.network("target"),
                Consent.State.valueOf(answer.text("state")),
                answer.text("how"),
                answer.time("since"));
    }
}
