package dev.drawbridge.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Absences;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.DailyQuotas;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.port.Notices;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.port.Preferences;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.testkit.contract.AbsencesContract;
import dev.drawbridge.testkit.contract.ComplaintsContract;
import dev.drawbridge.testkit.contract.ConsentsContract;
import dev.drawbridge.testkit.contract.CrossingsContract;
import dev.drawbridge.testkit.contract.CursorsContract;
import dev.drawbridge.testkit.contract.DailyQuotasContract;
import dev.drawbridge.testkit.contract.DeadLettersContract;
import dev.drawbridge.testkit.contract.DigestsContract;
import dev.drawbridge.testkit.contract.FollowsContract;
import dev.drawbridge.testkit.contract.IdentityMapContract;
import dev.drawbridge.testkit.contract.KeyStoreContract;
import dev.drawbridge.testkit.contract.LedgerContract;
import dev.drawbridge.testkit.contract.LinksContract;
import dev.drawbridge.testkit.contract.NoticesContract;
import dev.drawbridge.testkit.contract.OperatorsContract;
import dev.drawbridge.testkit.contract.ParkingContract;
import dev.drawbridge.testkit.contract.PreferencesContract;
import dev.drawbridge.testkit.contract.RulesContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import org.bson.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// All contract suites on one kind of server: extended once for each.
abstract class MongoPorts {
    static final DeliveryFormat FORMAT = new DeliveryFormat() {
        private final EngineJson json = new EngineJson();

        @Override
        public String write(Delivery delivery) {
            return json.writeText(delivery);
        }

        @Override
        public Delivery read(String text) {
            return json.delivery(text);
        }
    };

    /// A database of the server under test that nobody else uses.
    protected abstract MongoDatabase database();

    private MongoDatabase emptied() {
        MongoDatabase database = database();
        MongoIndexes.ensure(database);
        for (String name : database.listCollectionNames().into(new ArrayList<>())) {
            database.getCollection(name).deleteMany(new Document());
        }
        return database;
    }

    @Nested
    class OfConsents extends ConsentsContract {
        @Override
        protected Consents none() {
            return new MongoConsents(emptied());
        }
    }

    @Nested
    class OfIdentityMap extends IdentityMapContract {
        @Override
        protected IdentityMap empty() {
            return new MongoIdentityMap(emptied());
        }
    }

    @Nested
    class OfLedger extends LedgerContract {
        @Override
        protected Ledger empty() {
            return new MongoLedger(emptied());
        }
    }

    @Nested
    class OfFollows extends FollowsContract {
        @Override
        protected Follows none() {
            return new MongoFollows(emptied());
        }
    }

    @Nested
    class OfParking extends ParkingContract {
        @Override
        protected Parking empty() {
            return new MongoParking(emptied(), FORMAT);
        }
    }

    @Nested
    class OfDeadLetters extends DeadLettersContract {
        @Override
        protected DeadLetters none() {
            return new MongoDeadLetters(emptied());
        }
    }

    @Nested
    class OfCrossings extends CrossingsContract {
        @Override
        protected Crossings none() {
            return new MongoCrossings(emptied(), KEPT, SLACK);
        }
    }

    @Nested
    class OfCursors extends CursorsContract {
        @Override
        protected Cursors none() {
            return new MongoCursors(emptied());
        }
    }

    @Nested
    class OfAbsences extends AbsencesContract {
        @Override
        protected Absences none() {
            return new MongoAbsences(emptied(), () -> 0);
        }
    }

    @Nested
    class OfPreferences extends PreferencesContract {
        @Override
        protected Preferences none() {
            return new MongoPreferences(emptied());
        }

        @Test
        void whatAnOlderVersionDidNotWriteHasItsDefault() {
            MongoDatabase database = emptied();
            NativeId alice = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
            database.getCollection("preferences").insertOne(new Document("_id", alice.key()).append("unlisted", true));
            assertThat(new MongoPreferences(database).of(alice))
                    .isEqualTo(Preferences.Preference.byDefault(alice).withUnlisted(true));
        }
    }

    @Nested
    class OfOperators extends OperatorsContract {
        @Override
        protected Operators none() {
            return new MongoOperators(emptied());
        }

        @Test
        void theOnlyOneOfAnOlderVersionStaysAndOthersComeBesideThem() {
            MongoDatabase database = emptied();
            var noon = Instant.parse("2026-03-01T12:00:00Z");
            database.getCollection("operators")
                    .insertOne(Row.of("first")
                            .append("name", "op")
                            .append("password", "hash")
                            .append("since", Row.write(noon)));
            var operators = new MongoOperators(database);
            var op = new Operators.Operator("op", "hash", noon);
            var anna = new Operators.Operator("anna", "hash 2", noon);
            assertThat(operators.all()).containsExactly(op);
            assertThat(operators.first(anna)).isFalse();
            assertThat(operators.add(anna)).isTrue();
            assertThat(operators.all()).containsExactly(anna, op);
        }
    }

    @Nested
    class OfLinks extends LinksContract {
        @Override
        protected Links none() {
            return new MongoLinks(emptied());
        }
    }

    @Nested
    class OfDigests extends DigestsContract {
        @Override
        protected Digests none() {
            return new MongoDigests(emptied());
        }
    }

    @Nested
    class OfDailyQuotas extends DailyQuotasContract {
        @Override
        protected DailyQuotas none() {
            return new MongoDailyQuotas(emptied());
        }

        @Override
        protected DailyQuotas besides(DailyQuotas first) {
            return new MongoDailyQuotas(database());
        }

        @Test
        void whatIsLongPastIsNotStoredAnyMore() {
            MongoDatabase database = emptied();
            LocalDate today = LocalDate.of(2026, 3, 1);
            new MongoDailyQuotas(database).admits("spam.example", "a", 1, today);
            var quotas = new MongoDailyQuotas(database);
            quotas.admits("spam.example", "a", 1, today.plusDays(1));
            assertThat(database.getCollection("dailyQuotas").countDocuments()).isEqualTo(2);
            quotas.admits("spam.example", "a", 1, today.plusDays(2));
            assertThat(database.getCollection("dailyQuotas").find().map(d -> d.getString("day")))
                    .containsExactlyInAnyOrder("2026-03-02", "2026-03-03");
            assertThat(database.getCollection("dailyQuotas").find().map(Document::toJson))
                    .noneMatch(json -> json.contains("spam"));
        }
    }

    @Nested
    class OfComplaints extends ComplaintsContract {
        @Override
        protected Complaints none() {
            return new MongoComplaints(emptied());
        }
    }

    @Nested
    class OfRules extends RulesContract {
        @Override
        protected Rules none() {
            return new MongoRules(emptied());
        }
    }

    @Nested
    class OfNotices extends NoticesContract {
        @Override
        protected Notices none() {
            return new MongoNotices(emptied());
        }
    }

    @Nested
    class OfKeyStore extends KeyStoreContract {
        @Override
        protected KeyStore empty() {
            return new MongoKeyStore(emptied());
        }
    }
}
