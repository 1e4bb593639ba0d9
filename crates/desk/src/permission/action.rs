//! What can be done that not everybody may do.

use std::fmt;

use hatang_core::{DelegatedAction, case::CaseState};

/// Defines the actions: for each its word, and the words of its record's states where who may do it depends on them.
macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $word:literal in $states:expr,)+) => {
        /// An act that changes something or reads what is not for everybody.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word in replies.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The states of its record, by their words; none where they do not matter.
            #[must_use]
            pub const fn states(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $states,)+ }
            }
        }
    };
}

/// The state of the record does not matter.
const ANY: &[&str] = &[];

/// A request's states.
const CASE: &[&str] = &[
    CaseState::Draft.code(),
    CaseState::Submitted.code(),
    CaseState::OpinionIssued.code(),
    CaseState::Withdrawn.code(),
    CaseState::Closed.code(),
    CaseState::Lapsed.code(),
];
/// A request that is with the office.
const HANDED_IN: &[&str] = &[CaseState::Submitted.code()];

actions! {
    /// Enter assets of an owner.
    ImportAssets = "import_assets" in ANY,
    /// Enter, change or give up single assets of an owner.
    EditAssets = "edit_assets" in ANY,
    /// Read pasted places, and what stands near something that is drawn.
    DrawAssets = "draw_assets" in ANY,
    /// Read how good an owner's data are.
    ReadQuality = "read_quality" in ANY,
    /// Say where the registry and the ground differ.
    ReportDeviation = "report_deviation" in ANY,
    /// Answer for an owner where the registry and the ground differ.
    AnswerDeviation = "answer_deviation" in ANY,
    /// Decide for the commune about a deviation, and keep what nobody claims.
    DecideDeviation = "decide_deviation" in ANY,
    /// Decide for the commune whether records are of one structure.
    DecideDuplicate = "decide_duplicate" in ANY,
    /// Adopt a plan, an outline or a rule set.
    AdoptPlan = "adopt_plan" in ANY,
    /// Record declared or measured coverage of an owner.
    RecordCoverage = "record_coverage" in ANY,
    /// Keep a coverage run with all that it was computed from, and prove it.
    KeepCoverage = "keep_coverage" in ANY,
    /// Enter the numbers of a rule or the limit of a clock, as its next version.
    AmendRules = "amend_rules" in ANY,
    /// Change the plan: features of its layers, planned objects, what it says of itself.
    AmendPlan = "amend_plan" in ANY,
    /// Read the proof of the journal and of the access log.
    VerifyJournal = "verify_journal" in ANY,
    /// Read and export the access log.
    ReadAccessLog = "read_access_log" in ANY,
    /// Make, change or close accounts of an organisation.
    ManageAccounts = "manage_accounts" in ANY,
    /// Write, screen, hand in and take back an applicant's requests.
    FileCase = "file_case" in CASE,
    /// Screen a request for the office and say what to think of its findings and hosts.
    AssessCase = "assess_case" in CASE,
    /// Sign the office's advisory opinion on a request.
    IssueOpinion = "issue_opinion" in HANDED_IN,
    /// Enter planned civil works of an owner and take them on.
    EnterWorks = "enter_works" in ANY,
    /// Answer works for an organisation, and say where it wants to be told of them.
    AnswerWorks = "answer_works" in ANY,
    /// Let others act in an owner's name.
    Delegate = "delegate" in ANY,
}

impl Action {
    /// What an owner lets others do when it lets them do this; none for what only its own people do.
    #[must_use]
    pub const fn delegated_as(self) -> Option<DelegatedAction> {
        match self {
            Self::ImportAssets | Self::EditAssets => Some(DelegatedAction::RegisterAssets),
            Self::FileCase => Some(DelegatedAction::FileRequests),
            _ => None,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
