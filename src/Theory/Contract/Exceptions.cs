namespace Theory.Contract;

/// <summary>An input that a system cannot accept: unknown, missing, of the wrong type or out of range.</summary>
public sealed class InvalidInputException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="parameter">The parameter at fault, by the name it has outside (<c>alpha</c>, <c>activation</c>), or <see langword="null"/> when no single one is.</param>
    /// <param name="message">One line: what was given and what is allowed.</param>
    /// <param name="innerException">The cause, or <see langword="null"/>.</param>
    public InvalidInputException(string? parameter, string message, Exception? innerException = null)
        : base(message, innerException) => Parameter = parameter;

    /// <summary>The parameter at fault, or <see langword="null"/> when no single one is.</summary>
    public string? Parameter { get; }
}

/// <summary>A solver did not converge and the caller asked for an exception.</summary>
public sealed class NotConvergedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="system">The system's id.</param>
    /// <param name="diagnostics">How the computation ended.</param>
    public NotConvergedException(string system, Diagnostics diagnostics)
        : base($"{system}: {diagnostics.Status} after {diagnostics.Iterations} iterations with residual {diagnostics.Residual:g3}") =>
        (System, Diagnostics) = (system, diagnostics);

    /// <summary>The system's id.</summary>
    public string System { get; }

    /// <summary>How the computation ended.</summary>
    public Diagnostics Diagnostics { get; }
}

/// <summary>The request is meaningful, but no theory or experiment for it exists here.</summary>
public sealed class UnsupportedException : NotSupportedException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what was asked and why it cannot be had.</param>
    public UnsupportedException(string message)
        : base(message)
    {
    }
}
