package dev.drawbridge.model.port;

import java.time.LocalDate;

/// What is granted so many times a day, counted for all instances on one store together. Meant for what is rare: each
/// question is one to the store. Of what was granted a digest is kept, till the end of the next day.
public interface DailyQuotas {
    /// Whether something is one of the first `most` of its kind in a day; it counts from now on if it is. Asked again
    /// about the same thing, it says the same, whoever asks; of many who ask at once, `most` are told yes.
    ///
    /// @param most at least 1
    /// @param day today; what was counted before the day before it is forgotten
    boolean admits(String kind, String thing, int most, LocalDate day);

    /// What [#admits] would say now. Counts nothing: by the time it is counted there may be no room any more.
    boolean hasRoom(String kind, String thing, int most, LocalDate day);
}
