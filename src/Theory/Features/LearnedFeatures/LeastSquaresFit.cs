namespace Theory.Features;

/// <summary>
/// Least squares with a few columns that may be nearly dependent: modified Gram–Schmidt on the columns and the right-hand side, then singular values of the last block of
/// columns, of which the small ones are left out (minimum norm in that block).
/// </summary>
internal sealed class LeastSquaresFit
{
    private readonly int rows, columns, leading;
    private readonly double[] data, r, u, v, rest;

    /// <summary>Reserves memory: rows (a multiple of the vector length), columns, and how many of these come first and are independent for certain.</summary>
    public LeastSquaresFit(int rows, int columns, int leading)
    {
        (this.rows, this.columns, this.leading) = (rows, columns, leading);
        data = new double[rows * (columns + 1)];
        r = new double[(columns + 1) * (columns + 1)];
        var free = columns - leading;
        (u, v, rest, Singular) = (new double[free * free], new double[free * free], new double[free], new double[free]);
    }

    /// <summary>Singular values of the last block of columns, the leading ones projected out; in no order.</summary>
    public double[] Singular { get; }

    /// <summary>Squared length of what is left of the right-hand side, after <see cref="Solve"/>.</summary>
    public double Residual { get; private set; }

    /// <summary>A column; the last one, at place <c>columns</c>, is the right-hand side.</summary>
    public Span<double> Column(int j) => data.AsSpan(j * rows, rows);

    /// <summary>Factors the matrix; columns are overwritten.</summary>
    public void Factor()
    {
        for (var j = 0; j <= columns; j++)
        {
            var column = Column(j);
            var whole = Math.Sqrt(NodeVectors.Dot(column, column));
            for (var i = 0; i < j; i++) Project(i, j);
            var length = Math.Sqrt(NodeVectors.Dot(column, column));
            if (length <= 1e-15 * whole || j == columns)
            {
                r[j * (columns + 1) + j] = j == columns ? length : 0;
                if (j < columns) column.Clear();
                continue;
            }
            // Twice is enough.
            if (length < 0.1 * whole)
            {
                for (var i = 0; i < j; i++) Project(i, j);
                length = Math.Sqrt(NodeVectors.Dot(column, column));
            }
            r[j * (columns + 1) + j] = length;
            NodeVectors.Scale(1 / length, column);
        }
        Decompose();
    }

    /// <summary>The solution without singular values up to a bound.</summary>
    public void Solve(double cutoff, Span<double> solution)
    {
        var free = columns - leading;
        var stride = columns + 1;
        Residual = r[columns * stride + columns] * r[columns * stride + columns];
        solution[leading..].Clear();
        for (var i = 0; i < free; i++) rest[i] = r[(leading + i) * stride + columns];
        for (var l = 0; l < free; l++)
        {
            if (Singular[l] <= cutoff) continue;
            var projection = 0.0;
            for (var i = 0; i < free; i++) projection += u[i * free + l] * r[(leading + i) * stride + columns];
            for (var i = 0; i < free; i++)
            {
                solution[leading + i] += v[i * free + l] * projection / Singular[l];
                rest[i] -= projection * u[i * free + l];
            }
        }
        foreach (var value in rest) Residual += value * value;
        for (var i = leading - 1; i >= 0; i--)
        {
            var value = r[i * stride + columns];
            for (var j = i + 1; j < columns; j++) value -= r[i * stride + j] * solution[j];
            solution[i] = r[i * stride + i] == 0 ? 0 : value / r[i * stride + i];
        }
    }

    /// <summary>Takes from a vector its part along the columns, those of singular values up to a bound left out; only without leading columns.</summary>
    public void RemoveSpan(double cutoff, Span<double> vector)
    {
        Span<double> products = stackalloc double[columns];
        for (var i = 0; i < columns; i++) products[i] = NodeVectors.Dot(Column(i), vector);
        for (var l = 0; l < columns; l++)
        {
            if (Singular[l] <= cutoff) continue;
            var product = 0.0;
            for (var i = 0; i < columns; i++) product += u[i * columns + l] * products[i];
            for (var i = 0; i < columns; i++) NodeVectors.AddMultiple(-product * u[i * columns + l], Column(i), vector);
        }
    }

    private void Project(int i, int j)
    {
        var direction = Column(i);
        var column = Column(j);
        var product = NodeVectors.Dot(direction, column);
        r[i * (columns + 1) + j] += product;
        NodeVectors.AddMultiple(-product, direction, column);
    }

    /// <summary>One-sided Jacobi rotations: the columns of the last block times V become orthogonal.</summary>
    private void Decompose()
    {
        var free = columns - leading;
        v.AsSpan().Clear();
        for (var i = 0; i < free; i++)
        {
            v[i * free + i] = 1;
            for (var j = 0; j < free; j++) u[i * free + j] = i <= j ? r[(leading + i) * (columns + 1) + leading + j] : 0;
        }
        for (var (sweep, rotated) = (0, true); rotated && sweep < 60; sweep++)
        {
            rotated = false;
            for (var i = 0; i < free; i++)
                for (var j = i + 1; j < free; j++) rotated |= Rotate(i, j);
        }
        for (var l = 0; l < free; l++)
        {
            var square = 0.0;
            for (var i = 0; i < free; i++) square += u[i * free + l] * u[i * free + l];
            Singular[l] = Math.Sqrt(square);
            if (square > 0)
                for (var i = 0; i < free; i++) u[i * free + l] /= Singular[l];
        }
    }

    private bool Rotate(int i, int j)
    {
        var free = columns - leading;
        var (first, second, product) = (0.0, 0.0, 0.0);
        for (var l = 0; l < free; l++)
        {
            var (x, y) = (u[l * free + i], u[l * free + j]);
            first += x * x;
            second += y * y;
            product += x * y;
        }
        if (Math.Abs(product) <= 1e-15 * Math.Sqrt(first * second) || product == 0) return false;
        var ratio = (second - first) / (2 * product);
        var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        Turn(u, i, j, cosine, cosine * tangent);
        Turn(v, i, j, cosine, cosine * tangent);
        return true;

        void Turn(double[] matrix, int i, int j, double c, double s)
        {
            for (var l = 0; l < free; l++)
            {
                var (x, y) = (matrix[l * free + i], matrix[l * free + j]);
                (matrix[l * free + i], matrix[l * free + j]) = (c * x - s * y, s * x + c * y);
            }
        }
    }
}
