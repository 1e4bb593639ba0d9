//! The parts of a plan that may hold everything there is, by their words in [`Plan::complete`](super::Plan::complete).

use super::Layer;

/// Whether a word names such a part: one of [`Layer`], `planned`, or `zone:` and the word of a zone.
#[must_use]
pub fn is_part(word: &str) -> bool {
    let is_word = |zone: &str| !zone.is_empty() && zone.trim() == zone;
    word == "planned" || word.parse::<Layer>().is_ok() || word.strip_prefix("zone:").is_some_and(is_word)
}

/// The words that [`is_part`] knows, in one line, for whoever has written another.
#[must_use]
pub fn part_words() -> String {
    let layers = Layer::ALL.iter().map(|layer| layer.code());
    layers.chain(["planned", "zone:<zone>"]).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_layer_what_is_planned_or_every_zone_of_a_word() {
        for (word, known) in [
            ("dykes", true),
            ("roads", true),
            ("planned", true),
            ("zone:a1_only", true),
            ("zone:", false),
            ("zone: a1_only", false),
            ("a1_only", false),
            ("hamlets", false),
            ("", false),
        ] {
            assert_eq!(is_part(word), known, "{word}");
        }
        assert!(part_words().contains("power_lines") && part_words().ends_with("zone:<zone>"));
    }
}
