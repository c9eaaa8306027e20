namespace Theory.Numerics.Tests;
