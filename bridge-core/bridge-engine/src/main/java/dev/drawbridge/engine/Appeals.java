package dev.drawbridge.engine;

import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;

/// Appeals against what the operator decided. They lie in the queue of complaints, and are decided like these: to
/// dismiss one is to stay with the decision, and whoever appealed is told so.
public final class Appeals {
    /// Before the ids of those complaints that are appeals.
    static final String MARK = "appeal:";

    private Appeals() {}

    public static boolean isOne(Complaint complaint) {
        return complaint.id().startsWith(MARK);
    }

    /// The event that has somebody told that the decision stays.
    ///
    /// @param reason told to them in these words, one line
    public static NativeEvent refused(Complaint appeal, String reason, Instant at) {
        return new Ruling(Ruling.What.APPEAL_REFUSED, reason, at).about(appeal.person());
    }
}
