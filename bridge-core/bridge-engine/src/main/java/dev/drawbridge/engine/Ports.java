package dev.drawbridge.engine;

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
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.port.Preferences;

/// The stores of one instance.
public record Ports(
        Consents consents,
        IdentityMap identities,
        Ledger ledger,
        Follows follows,
        Parking parking,
        DeadLetters deadLetters,
        Crossings crossings,
        Cursors cursors,
        Absences absences,
        KeyStore keys,
        Preferences preferences,
        Notices notices,
        Complaints complaints,
        Digests digests,
        DailyQuotas quotas,
        Links links) {}
