using System.Collections.Immutable;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>
/// The result of a sweep: one row for each point, the first axis outermost. The columns are the axes, the observables (<c>m_0</c> for an element of a vector,
/// <c>m_0_1</c> of a matrix), <c>status</c>, <c>residual</c>, <c>iterations</c> and <c>message</c>, and where the experiment was run
/// <c>test_error_mean</c>, <c>test_error_se</c> (and so on), <c>trials</c>, <c>size</c> and <c>seed</c>. Outputs of a failed point are absent.
/// </summary>
public sealed class SweepTable
{
    private readonly Dictionary<string, SweepColumn> byName;

    internal SweepTable(IEnumerable<SweepColumn> columns, SweepTable? series = null)
    {
        Columns = [.. columns];
        Series = series;
        byName = Columns.ToDictionary(c => c.Name);
    }

    /// <summary>The columns in order.</summary>
    public ImmutableArray<SweepColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Columns.Length == 0 ? 0 : Columns[0].Count;

    /// <summary>
    /// Series and spectra in long form, or <see langword="null"/> if the system has none: columns <c>point</c> (the row of this table), the axes,
    /// <c>observable</c>, <c>i</c>, <c>j</c>, <c>k</c> (indices into nested lists), <c>value</c>, and where measured <c>mean</c> and <c>se</c>.
    /// </summary>
    public SweepTable? Series { get; }

    /// <summary>A column by name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The column.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public SweepColumn this[string name] => Find(name) ?? throw new KeyNotFoundException($"The table has no column {name}.");

    /// <summary>Looks a column up.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The column, or <see langword="null"/>.</returns>
    public SweepColumn? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads the table of a finished sweep.</summary>
    /// <param name="directory">The folder of the sweep.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InvalidInputException">The folder does not exist, holds no finished sweep, or its files cannot be read.</exception>
    public static SweepTable Load(string directory) => SweepFiles.Load(directory);
}
