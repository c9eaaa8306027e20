namespace Theory.Tests;
