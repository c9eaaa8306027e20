namespace Theory.Dynamics;

/// <summary>Functions of n paths at one step, in rows: g (p), g gᵀ (p²), Hess (p²), g ξ of the last normal (p), g⁴ (p) and the loss; values, or averages over the last normal.</summary>
internal readonly ref struct PathMoments(Span<double> memory, int count, int p, bool hasLastNormal, bool keepsResponses)
{
    private readonly Span<double> memory = memory;

    public int Count => count;

    /// <summary>Whether the last normal was averaged over, so that no row of the block holds it.</summary>
    public bool HasLastNormal => hasLastNormal;

    public bool KeepsResponses => keepsResponses;

    public Span<double> Gradients => memory[..(p * count)];

    public Span<double> Hessians => memory.Slice((p + p * p) * count, p * p * count);

    public Span<double> Loss => memory.Slice((3 * p + 2 * p * p) * count, count);

    public static int Size(int count, int p) => (3 * p + 2 * p * p + 1) * count;

    public void Clear() => memory[..Size(count, p)].Clear();

    public Span<double> Gradient(int i) => memory.Slice(i * count, count);

    public Span<double> Square(int i, int j) => memory.Slice((p + i * p + j) * count, count);

    public Span<double> Hessian(int i, int j) => memory.Slice((p + p * p + i * p + j) * count, count);

    public Span<double> Fourth(int i) => memory.Slice((2 * p + 2 * p * p + i) * count, count);

    public Span<double> Steined(int i) => memory.Slice((p + 2 * p * p + i) * count, count);
}
