using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Theory.Numerics.LinearAlgebra;

/// <summary>
/// Products of dense column-major matrices in the manner of Goto &amp; van de Geijn (ACM Trans. Math. Softw. 34, 12, 2008): blocks are packed so
/// that the inner loop reads memory in order and keeps a tile of the result in registers. Each element is summed in the order of the
/// inner index with fused multiply–adds, hence does not depend on the number of threads nor on the width of the registers.
/// </summary>
internal static class BlockedProduct
{
    private const int Depth = 256; // inner indices per pass: a packed panel of either factor stays in the first-level cache
    private const int TileColumns = 4;
    private const int PanelsPerBlock = 16;
    private const long ParallelWork = 1 << 21; // multiplications below which threads cost more than they bring

    /// <summary>Two vectors: with four columns eight accumulators, which with the operands fit sixteen registers.</summary>
    private static int TileRows => 2 * Vector<double>.Count;

    /// <summary>
    /// c ← c + α op(a) op(b), the result having m rows and n columns and the sum k terms. With <paramref name="lowerOnly"/> this holds where
    /// row ≥ column, and elements above the diagonal are left in an undefined state.
    /// </summary>
    public static void Add(double alpha, Operand a, Operand b, Target c, int m, int n, int k, bool lowerOnly = false)
    {
        var packedColumns = RoundUp(n, TileColumns);
        var packed = ArrayPool<double>.Shared.Rent(packedColumns * Math.Min(k, Depth));
        var rowsPerBlock = PanelsPerBlock * TileRows;
        var blocks = (m + rowsPerBlock - 1) / rowsPerBlock;
        var threads = (long)m * n * k < ParallelWork ? 1 : Math.Min(blocks, Control.MaxDegreeOfParallelism);
        for (var start = 0; start < k; start += Depth)
        {
            var (from, depth) = (start, Math.Min(Depth, k - start));
            Pack(b, TileColumns, packed, 0, n, from, depth);
            if (threads <= 1)
            {
                for (var block = 0; block < blocks; block++)
                    AddBlock(block);
            }
            else
                Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, AddBlock);

            void AddBlock(int block)
            {
                var first = block * rowsPerBlock;
                var rows = Math.Min(rowsPerBlock, m - first);
                var panels = ArrayPool<double>.Shared.Rent(rowsPerBlock * depth);
                Pack(a, TileRows, panels, first, rows, from, depth);
                AddTiles(alpha, panels, packed, c, n, first, rows, depth, lowerOnly);
                ArrayPool<double>.Shared.Return(panels);
            }
        }

        ArrayPool<double>.Shared.Return(packed);
    }

    /// <summary>Lines (rows of op(a), columns of op(b)) in panels of <paramref name="width"/>, the lines of a panel interleaved, missing ones zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(Operand source, int width, double[] target, int firstLine, int lines, int start, int depth)
    {
        for (var panel = 0; panel < lines; panel += width)
        {
            var into = target.AsSpan(panel * depth, width * depth);
            var present = Math.Min(width, lines - panel);
            if (present < width)
                into.Clear();
            if (source.LineStride == 1)
            {
                for (var l = 0; l < depth; l++)
                    source.Elements.AsSpan(source.Offset + (start + l) * source.InnerStride + firstLine + panel, present).CopyTo(into[(l * width)..]);
                continue;
            }

            for (var line = 0; line < present; line++)
            {
                var from = source.Elements.AsSpan(source.Offset + (firstLine + panel + line) * source.LineStride + start, depth);
                for (var l = 0; l < from.Length; l++)
                    into[l * width + line] = from[l];
            }
        }
    }

    private static void AddTiles(double alpha, double[] panels, double[] packed, Target c, int n, int first, int rows, int depth, bool lowerOnly)
    {
        Span<double> tile = stackalloc double[TileRows * TileColumns];
        for (var column = 0; column < n; column += TileColumns)
        {
            for (var row = 0; row < rows; row += TileRows)
            {
                if (lowerOnly && first + row + TileRows <= column)
                    continue;
                Multiply(ref panels[row * depth], ref packed[column * depth], depth, tile);
                var height = Math.Min(TileRows, rows - row);
                for (var j = 0; j < Math.Min(TileColumns, n - column); j++)
                {
                    var into = c.Elements.AsSpan(c.Offset + (column + j) * c.Leading + first + row, height);
                    for (var i = 0; i < into.Length; i++)
                        into[i] += alpha * tile[j * TileRows + i];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ref double a, ref double b, int depth, Span<double> tile)
    {
        var width = Vector<double>.Count;
        Vector<double> c00 = default, c10 = default, c01 = default, c11 = default, c02 = default, c12 = default, c03 = default, c13 = default;
        for (var l = 0; l < depth; l++)
        {
            var a0 = Vector.LoadUnsafe(ref a);
            var a1 = Vector.LoadUnsafe(ref a, (nuint)width);
            var b0 = new Vector<double>(b);
            c00 = Vector.FusedMultiplyAdd(a0, b0, c00);
            c10 = Vector.FusedMultiplyAdd(a1, b0, c10);
            var b1 = new Vector<double>(Unsafe.Add(ref b, 1));
            c01 = Vector.FusedMultiplyAdd(a0, b1, c01);
            c11 = Vector.FusedMultiplyAdd(a1, b1, c11);
            var b2 = new Vector<double>(Unsafe.Add(ref b, 2));
            c02 = Vector.FusedMultiplyAdd(a0, b2, c02);
            c12 = Vector.FusedMultiplyAdd(a1, b2, c12);
            var b3 = new Vector<double>(Unsafe.Add(ref b, 3));
            c03 = Vector.FusedMultiplyAdd(a0, b3, c03);
            c13 = Vector.FusedMultiplyAdd(a1, b3, c13);
            a = ref Unsafe.Add(ref a, 2 * width);
            b = ref Unsafe.Add(ref b, TileColumns);
        }

        ReadOnlySpan<Vector<double>> columns = [c00, c10, c01, c11, c02, c12, c03, c13];
        for (var i = 0; i < columns.Length; i++)
            columns[i].CopyTo(tile[(i * width)..]);
    }

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    /// <summary>A factor seen as lines (rows of op(a), columns of op(b)) along which the inner index runs; one of the strides is 1.</summary>
    public readonly record struct Operand(double[] Elements, int Offset, int LineStride, int InnerStride)
    {
        public static Operand First(double[] a, int rows, Transpose transpose) =>
            transpose == Transpose.DontTranspose ? new(a, 0, 1, rows) : new(a, 0, rows, 1);

        public static Operand Second(double[] b, int rows, Transpose transpose) =>
            transpose == Transpose.DontTranspose ? new(b, 0, rows, 1) : new(b, 0, 1, rows);
    }

    /// <summary>A column-major block that starts at an offset and whose columns are <paramref name="Leading"/> elements apart.</summary>
    public readonly record struct Target(double[] Elements, int Offset, int Leading);
}
