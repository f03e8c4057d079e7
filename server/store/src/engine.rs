//! The connection to SurrealDB: one shared handle, embedded or on a server.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use surrealdb::IndexedResults;
use surrealdb::Surreal;
use surrealdb::engine::any::Any;
use surrealdb::engine::local::Db;
use surrealdb::method::Transaction;
use surrealdb::opt::auth::Root;
use surrealdb::opt::{Config, WebsocketConfig};
use surrealdb::types::{SurrealValue, Variables};
use surrealdb_cnf::ConfigMap;
use surrealdb_engine_local::Datastore;
use tokio::sync::{Mutex, MutexGuard};

use crate::database_url::{DATABASE, DatabaseUrl, NAMESPACE, ServerAddress};
use crate::error::{Failure, StoreError, cause, classify};

/// Memory for blocks read from disk. The engine's own default is half of the machine.
const BLOCK_CACHE: usize = 48 << 20;
/// Memory for what is written and not yet in a sorted file; up to three of these exist at once.
/// It also bounds one transaction. The engine's own default is up to 4 GiB.
const MEMTABLE: usize = 32 << 20;
/// How often a unit of work is tried before it is given up.
const ATTEMPTS: u32 = 12;
/// How long a server may take to answer one question; less than a page may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer of a server. The client's own limit, 64 MiB, is less than two thousand long
/// revisions have, and an answer above it ends the connection.
const LARGEST_ANSWER: usize = 512 << 20;

/// The one connection of a store.
pub(crate) struct Engine {
    connection: Connection,
    /// Writers of this process wait here for each other, so that conflicts are left to several
    /// processes on one server. It is fair: a single save waits for one batch of an import at most.
    writing: Mutex<()>,
}

enum Connection {
    Embedded(Surreal<Db>, Arc<Datastore>),
    Server(Surreal<Any>),
}

impl Engine {
    pub(crate) async fn connect(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let connection = match url {
            DatabaseUrl::Directory(path) => {
                std::fs::create_dir_all(path)?;
                embedded(&format!("surrealkv://{}", absolute(path)?), Some(path)).await?
            }
            DatabaseUrl::Memory => embedded("memory", None).await?,
            DatabaseUrl::Server(server) => server_connection(server).await?,
        };
        Ok(Self::over(connection))
    }

    fn over(connection: Connection) -> Self {
        Self {
            connection,
            writing: Mutex::new(()),
        }
    }

    /// A second writer on the same database that does not wait for the first, as another process
    /// on the same server would be.
    #[cfg(test)]
    pub(crate) async fn another_writer(&self) -> Result<Self, StoreError> {
        let connection = match &self.connection {
            Connection::Embedded(handle, datastore) => {
                let handle = handle.clone();
                handle.use_ns(NAMESPACE).use_db(DATABASE).await?;
                Connection::Embedded(handle, Arc::clone(datastore))
            }
            Connection::Server(handle) => Connection::Server(handle.clone()),
        };
        Ok(Self::over(connection))
    }

    /// Runs statements and fails if any of them did.
    pub(crate) async fn run(
        &self,
        statements: &'static str,
        variables: Variables,
    ) -> Result<IndexedResults, StoreError> {
        Ok(self.attempt(statements, variables).await?)
    }

    /// Runs statements once and tells a conflict from other failures.
    pub(crate) async fn attempt(
        &self,
        statements: &str,
        variables: Variables,
    ) -> Result<IndexedResults, Failure> {
        let results = match &self.connection {
            Connection::Embedded(handle, _) => handle.query(statements).bind(variables).await,
            Connection::Server(handle) => {
                return checked(answered(handle.query(statements).bind(variables)).await?);
            }
        };
        checked(results?)
    }

    /// Takes a turn at writing. A unit of work is a single transaction whose rows are computed anew
    /// each time it is tried:
    ///
    /// ```ignore
    /// let mut turn = engine.turn().await;
    /// loop {
    ///     let tried = unit().await;
    ///     if let Some(settled) = turn.settle(tried).await {
    ///         return settled;
    ///     }
    /// }
    /// ```
    pub(crate) async fn turn(&self) -> Turn<'_> {
        Turn {
            _waiting: self.writing.lock().await,
            attempts: 0,
        }
    }

    /// Runs statements that stand for themselves and give the same however often they are run.
    pub(crate) async fn write(
        &self,
        statements: &str,
        variables: &Variables,
    ) -> Result<IndexedResults, StoreError> {
        let mut turn = self.turn().await;
        loop {
            let tried = self.attempt(statements, variables.clone()).await;
            if let Some(settled) = turn.settle(tried).await {
                return settled;
            }
        }
    }

    /// Starts a transaction for reading one state of the database over many queries.
    pub(crate) async fn reading(&self) -> Result<Reading, StoreError> {
        Ok(match &self.connection {
            // A transaction belongs to a session. Its own session keeps it from being caught in
            // another's.
            Connection::Embedded(handle, _) => {
                let handle = handle.clone();
                handle.use_ns(NAMESPACE).use_db(DATABASE).await?;
                Reading::Embedded(handle.begin().await?)
            }
            Connection::Server(handle) => {
                let handle = handle.clone();
                answered(handle.use_ns(NAMESPACE).use_db(DATABASE)).await?;
                Reading::Server(answered(handle.begin()).await?)
            }
        })
    }

    /// Writes what is in memory and lets go of the directory.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        match &self.connection {
            Connection::Embedded(_, datastore) => datastore
                .shutdown()
                .await
                .map_err(|error| classify(format!("{error:#}"))),
            Connection::Server(_) => Ok(()),
        }
    }
}

/// A writer's turn; see [`Engine::turn`].
pub(crate) struct Turn<'engine> {
    _waiting: MutexGuard<'engine, ()>,
    attempts: u32,
}

impl Turn<'_> {
    /// The result of the unit, or `None` after a growing and random pause when another writer got
    /// in between and the unit is to be tried again.
    pub(crate) async fn settle<T>(
        &mut self,
        tried: Result<T, Failure>,
    ) -> Option<Result<T, StoreError>> {
        match tried {
            Ok(value) => Some(Ok(value)),
            Err(Failure::Final(error)) => Some(Err(error)),
            Err(Failure::Conflict) => {
                self.attempts += 1;
                if self.attempts == ATTEMPTS {
                    return Some(Err(StoreError::Conflict { attempts: ATTEMPTS }));
                }
                let most = 4_u64 << self.attempts.min(7);
                let pause = Duration::from_millis(rand::random_range(1..=most));
                tracing::debug!(self.attempts, ?pause, "a change gave way to another");
                tokio::time::sleep(pause).await;
                None
            }
        }
    }
}

/// One state of the database, however long the reading takes.
pub(crate) enum Reading {
    Embedded(Transaction<Db>),
    Server(Transaction<Any>),
}

impl Reading {
    pub(crate) async fn run(
        &self,
        statements: &str,
        variables: Variables,
    ) -> Result<IndexedResults, StoreError> {
        let results = match self {
            Self::Embedded(transaction) => transaction.query(statements).bind(variables).await,
            Self::Server(transaction) => {
                let query = transaction.query(statements).bind(variables);
                return Ok(checked(answered(query).await?)?);
            }
        };
        Ok(checked(results?)?)
    }

    pub(crate) async fn end(self) -> Result<(), StoreError> {
        match self {
            Self::Embedded(transaction) => transaction.cancel().await.map(drop)?,
            Self::Server(transaction) => answered(transaction.cancel()).await.map(drop)?,
        }
        Ok(())
    }
}

/// The answer of a server, or that there is none: the client waits for ever for one that is gone.
async fn answered<T>(asked: impl IntoFuture<Output = surrealdb::Result<T>>) -> Result<T, Failure> {
    match tokio::time::timeout(PATIENCE, asked.into_future()).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::Unavailable("it does not answer".to_owned()).into()),
    }
}

fn checked(mut results: IndexedResults) -> Result<IndexedResults, Failure> {
    match cause(results.take_errors().into_values()) {
        Some(error) => Err(error.into()),
        None => Ok(results),
    }
}

/// One bound parameter.
pub(crate) fn variable(name: &str, value: impl SurrealValue) -> Variables {
    let mut variables = Variables::new();
    variables.insert(name, value);
    variables
}

/// Opens the engine inside this process.
///
/// The ordinary constructor takes no settings for the engine's memory, and the server's
/// environment variables do not reach it; so the datastore is built here, in the order that the
/// ordinary constructor keeps: the storage version is settled before anything writes.
async fn embedded(path: &str, directory: Option<&Path>) -> Result<Connection, StoreError> {
    let in_use = |message: String| match directory {
        Some(directory) if message.contains("already locked") => {
            StoreError::Locked(directory.to_owned())
        }
        _ => classify(message),
    };
    let memory = ConfigMap::empty()
        .with_key_value("surrealkv_block_cache_capacity", BLOCK_CACHE.to_string())
        .with_key_value("surrealkv_max_memtable_size", MEMTABLE.to_string())
        .with_key_value("datastore_sync", "every");
    let datastore = Datastore::builder()
        .with_config(memory)
        .with_auth(false)
        .without_maintenance_tasks()
        .build_with_path(path)
        .await
        .map_err(|error| in_use(format!("{error:#}")))?;
    let opened = async {
        datastore.check_version().await?;
        datastore.bootstrap().await
    };
    opened
        .await
        .map_err(|error| classify(format!("{error:#}")))?;
    datastore.start_maintenance_tasks();
    let handle = Surreal::<Db>::unstable_from_datastore(Arc::clone(&datastore), None).await?;
    handle.use_ns(NAMESPACE).use_db(DATABASE).await?;
    Ok(Connection::Embedded(handle, datastore))
}

async fn server_connection(server: &ServerAddress) -> Result<Connection, StoreError> {
    let config =
        Config::new().websocket(WebsocketConfig::new().max_message_size(LARGEST_ANSWER))?;
    let handle = surrealdb::engine::any::connect((server.address(), config))
        .await
        .map_err(|error| StoreError::Unavailable(error.message().to_owned()))?;
    if let Some((username, password)) = server.credentials() {
        handle
            .signin(Root {
                username: username.to_owned(),
                password: password.to_owned(),
            })
            .await
            .map_err(|error| {
                StoreError::Unavailable(format!("sign-in failed: {}", error.message()))
            })?;
    }
    handle
        .query(format!("DEFINE NAMESPACE IF NOT EXISTS {NAMESPACE}"))
        .await?
        .check()?;
    handle.use_ns(NAMESPACE).await?;
    handle
        .query(format!("DEFINE DATABASE IF NOT EXISTS {DATABASE}"))
        .await?
        .check()?;
    handle.use_ns(NAMESPACE).use_db(DATABASE).await?;
    Ok(Connection::Server(handle))
}

fn absolute(path: &Path) -> Result<String, StoreError> {
    let path = std::path::absolute(path)?;
    let text = path
        .to_str()
        .ok_or_else(|| StoreError::BadUrl("the directory's path is not UTF-8".to_owned()))?;
    // The engine would take what follows for settings.
    if text.contains('?') {
        return Err(StoreError::BadUrl(
            "the directory's path has a ? in it".to_owned(),
        ));
    }
    Ok(text.to_owned())
}
