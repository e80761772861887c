package dev.drawbridge.config.settings;

import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import java.util.List;

/// The settings cannot be used; every reason at once.
public final class WrongSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<SettingError> errors;

    public WrongSettings(List<SettingError> errors) {
        super(words(errors));
        this.errors = List.copyOf(errors);
    }

    public List<SettingError> errors() {
        return errors;
    }

    private static String words(List<SettingError> errors) {
        var text =
                new StringBuilder(errors.size() == 1 ? "1 setting is wrong:" : errors.size() + " settings are wrong:");
        for (SettingError error : errors) {
            text.append("\n  ").append(error.key()).append(": ").append(error.problem());
            if (!error.example().isEmpty()) {
                text.append("\n      for example: ").append(error.example());
            }
        }
        return text.toString();
    }
}
