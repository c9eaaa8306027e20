namespace Theory.Cli;

/// <summary>What the tool tells the shell.</summary>
public static class ExitCode
{
    /// <summary>Done; every number may be trusted.</summary>
    public const int Done = 0;

    /// <summary>The computation failed, did not converge, or disagreed with its experiment.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted; what was done is kept.</summary>
    public const int Interrupted = 130;
}
