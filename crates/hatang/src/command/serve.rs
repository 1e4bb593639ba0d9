//! `hatang serve`

mod case;
mod sign_on;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use clap::Args;
use hatang_api::{AppState, serve};
use hatang_core::Registry;
use hatang_desk::{
    Desk,
    account::invitation::first_operators_code,
    demo,
    open_case::open_case,
    shipped_rule_sets::{NewRules, new_shipped_rules},
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use self::sign_on::SignOnOptions;
use super::Database;
use crate::output;

/// How often the journal's tail is looked at for the writes of other processes.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);

/// Serves the desks.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    database: Database,
    /// The address to listen on.
    #[arg(long, env = "HATANG_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Believe the last address in `X-Forwarded-For`: only behind a proxy of one's own that writes it.
    #[arg(long, env = "HATANG_BEHIND_PROXY")]
    behind_proxy: bool,
    #[command(flatten)]
    sign_on: SignOnOptions,
    /// Open accounts whose passwords everybody knows; only on the machine's own address.
    #[arg(long)]
    demo: bool,
    /// With `--demo`: load this folder into a registry that is still empty.
    #[arg(long, requires = "demo")]
    sample_data: Option<PathBuf>,
    /// With `--demo`: open this case of the screening, such as `tests/cases/NAME`, in a database that is still empty.
    #[arg(long, requires = "demo", conflicts_with = "sample_data", value_name = "FOLDER")]
    case: Option<PathBuf>,
}

impl Serve {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
            .with_writer(std::io::stderr)
            .init();
        if self.demo && !self.listen.ip().is_loopback() {
            bail!("the demo's passwords are public, so it does not listen on {}: use 127.0.0.1", self.listen);
        }
        // The address is taken first: a second demo fails here and not after it has written.
        let listener = TcpListener::bind(self.listen).await.with_context(|| format!("{} is not free", self.listen))?;
        let desk = Arc::new(self.database.open().await?);
        if self.demo {
            self.prepare_demo(&desk, listener.local_addr()?).await?;
        } else {
            demo::close_accounts(&desk).await?;
            greet_first_operator(&desk, listener.local_addr()?).await?;
        }
        let mut state = AppState::new(Arc::clone(&desk), self.demo).behind_proxy(self.behind_proxy);
        if let Some(service) = self.sign_on.service()? {
            state = state.with_sign_on(service);
        }
        for NewRules { rule_set, new } in new_shipped_rules(&desk)? {
            tracing::warn!(%rule_set, rules = new.len(), "this version brings rules that judge nobody yet: hatang rules new");
        }
        let stop = stop_signal();
        tracing::info!(address = %listener.local_addr()?, "listening");
        let following = tokio::spawn(follow(desk));
        let served = serve(state, listener, stop).await;
        following.abort();
        served.context("the server stopped")?;
        Ok(ExitCode::SUCCESS)
    }

    async fn prepare_demo(&self, desk: &Desk, listening: SocketAddr) -> anyhow::Result<()> {
        if !desk.read(is_for_trying) {
            bail!(
                "this registry holds more than synthetic data, and the demo's passwords are public: use another database"
            );
        }
        if let Some(folder) = &self.sample_data {
            let loaded = demo::load(desk, folder).await?;
            if 0 < loaded.assets {
                output::note(format!(
                    "{}: {} assets, a plan of {} events",
                    folder.display(),
                    loaded.assets,
                    loaded.plan_events
                ));
            }
        }
        let opened = match &self.case {
            Some(folder) => Some((folder, open_case(desk, folder).await?)),
            None => None,
        };
        demo::open_accounts(desk).await?;
        output::line(format!("\nHatang: http://{listening}\n"));
        for account in demo::accounts() {
            output::line(format!(
                "  {:<14} {:<12} {} / {}",
                account.account, account.password, account.name.vi, account.name.en
            ));
        }
        output::line("");
        if let Some((folder, opened)) = &opened {
            case::tell(folder, opened);
        }
        Ok(())
    }
}

/// While nobody can run the installation, whoever reads its console may become the operator.
async fn greet_first_operator(desk: &Desk, listening: SocketAddr) -> anyhow::Result<()> {
    if let Some(code) = first_operators_code(desk).await? {
        output::line(format!(
            "\nHatang: http://{listening}\n\n  Chưa có người vận hành. Mở trang trên, chọn \u{201c}Dùng mã một lần\u{201d} và nhập mã:\n  \
             There is no operator yet. Open the page, choose \u{201c}Use a one-time code\u{201d} and enter:\n\n      {}\n",
            code.as_str()
        ));
    }
    Ok(())
}

/// Whether a registry is empty or holds a plan that says it is synthetic.
fn is_for_trying(registry: &Registry) -> bool {
    let plan = registry.home().and_then(|(_, state)| state.plan.as_ref());
    registry.is_empty() || plan.is_some_and(|plan| plan.synthetic)
}

/// Folds in what other processes write. A failure is logged and tried again: readers keep what they have.
async fn follow(desk: Arc<Desk>) {
    let mut tick = tokio::time::interval(FOLLOW_EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = desk.catch_up().await {
            tracing::error!(error = &error as &dyn std::error::Error, "the journal's tail cannot be read");
        }
    }
}

fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Listened for from now on and not from the first poll: whoever reads that we listen may ask us to stop at once.
    let [mut interrupt, mut terminate] = [SignalKind::interrupt(), SignalKind::terminate()]
        .map(|kind| signal(kind).expect("signals can be listened to"));
    async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}
