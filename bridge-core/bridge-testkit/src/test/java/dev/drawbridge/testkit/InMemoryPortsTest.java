package dev.drawbridge.testkit;

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
import org.junit.jupiter.api.Nested;

/// The ports in memory do what every port must do.
class InMemoryPortsTest {
    @Nested
    class OfLinks extends LinksContract {
        @Override
        protected Links none() {
            return new InMemoryLinks();
        }
    }

    @Nested
    class OfDigests extends DigestsContract {
        @Override
        protected Digests none() {
            return new InMemoryDigests();
        }
    }

    @Nested
    class OfDailyQuotas extends DailyQuotasContract {
        @Override
        protected DailyQuotas none() {
            return new InMemoryDailyQuotas();
        }

        @Override
        protected DailyQuotas besides(DailyQuotas first) {
            return first;
        }
    }

    @Nested
    class OfConsents extends ConsentsContract {
        @Override
        protected Consents none() {
            return new InMemoryConsents();
        }
    }

    @Nested
    class OfIdentityMap extends IdentityMapContract {
        @Override
        protected IdentityMap empty() {
            return new InMemoryIdentityMap();
        }
    }

    @Nested
    class OfLedger extends LedgerContract {
        @Override
        protected Ledger empty() {
            return new InMemoryLedger();
        }
    }

    @Nested
    class OfFollows extends FollowsContract {
        @Override
        protected Follows none() {
            return new InMemoryFollows();
        }
    }

    @Nested
    class OfParking extends ParkingContract {
        @Override
        protected Parking empty() {
            return new InMemoryParking();
        }
    }

    @Nested
    class OfDeadLetters extends DeadLettersContract {
        @Override
        protected DeadLetters none() {
            return new InMemoryDeadLetters();
        }
    }

    @Nested
    class OfCrossings extends CrossingsContract {
        @Override
        protected Crossings none() {
            return new InMemoryCrossings(KEPT);
        }
    }

    @Nested
    class OfCursors extends CursorsContract {
        @Override
        protected Cursors none() {
            return new InMemoryCursors();
        }
    }

    @Nested
    class OfAbsences extends AbsencesContract {
        @Override
        protected Absences none() {
            return new InMemoryAbsences();
        }
    }

    @Nested
    class OfPreferences extends PreferencesContract {
        @Override
        protected Preferences none() {
            return new InMemoryPreferences();
        }
    }

    @Nested
    class OfOperators extends OperatorsContract {
        @Override
        protected Operators none() {
            return new InMemoryOperators();
        }
    }

    @Nested
    class OfComplaints extends ComplaintsContract {
        @Override
        protected Complaints none() {
            return new InMemoryComplaints();
        }
    }

    @Nested
    class OfRules extends RulesContract {
        @Override
        protected Rules none() {
            return new InMemoryRules();
        }
    }

    @Nested
    class OfNotices extends NoticesContract {
        @Override
        protected Notices none() {
            return new InMemoryNotices();
        }
    }

    @Nested
    class OfKeyStore extends KeyStoreContract {
        @Override
        protected KeyStore empty() {
            return new InMemoryKeyStore();
        }
    }
}
