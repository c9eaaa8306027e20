namespace Theory.Symbolics;

/// <summary>A text that is no expression, or a constant of an expression that is out of bounds. The message is one line and, where the place is known, ends in "at column N".</summary>
public sealed class ExpressionException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what was found and what is allowed, without the place.</param>
    /// <param name="column">The place in the text, counted from 1; 0 when there is no text.</param>
    public ExpressionException(string message, int column = 0)
        : base(column > 0 ? $"{message} at column {column}" : message) => (Column, Reason) = (column, message);

    /// <summary>The place in the text, counted from 1; 0 when there is no text.</summary>
    public int Column { get; }

    /// <summary>The message without the place.</summary>
    internal string Reason { get; }
}
