//! What no compiler checks: the arrows between crates, what each crate never does, and the house rules for the text.

mod arrows;
mod files;
mod never;
mod text;
mod threat_model;
