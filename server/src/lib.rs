//! The program `anker`: it wires the store, the index and the pages together, answers HTTP, runs
//! the jobs and has the command line.

pub mod account_id;
pub mod attempts;
pub mod audit;
pub mod avif;
pub mod backend;
pub mod clock;
pub mod command;
pub mod exchange;
pub mod feedback;
pub mod indexing;
pub mod links;
pub mod mail;
pub mod notices;
pub mod one_time_code;
pub mod openid;
pub mod organisations;
pub mod password;
pub mod personal_data;
pub mod picture;
pub mod portal;
pub mod publishing;
pub mod retention;
pub mod serve;
pub mod upkeep;
pub mod web;
