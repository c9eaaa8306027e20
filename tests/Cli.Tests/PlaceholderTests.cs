namespace Theory.Cli.Tests;
