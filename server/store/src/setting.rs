//! Settings: small named texts that the portal keeps for itself.

use surrealdb::types::RecordId;

use crate::engine::variable;
use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// The setting of this name, if it was ever set.
    ///
    /// # Errors
    /// What the database says.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let id = RecordId::new("setting", name);
        Ok(self
            .engine()
            .run("SELECT VALUE value FROM ONLY $id", variable("id", id))
            .await?
            .take(0)?)
    }

    /// Sets it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_setting(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let mut variables = variable("id", RecordId::new("setting", name));
        variables.insert("value", value.to_owned());
        self.engine()
            .write("UPSERT $id SET value = $value RETURN NONE", &variables)
            .await
            .map(drop)
    }
}
