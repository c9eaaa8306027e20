namespace Theory.Dynamics;

/// <summary>
/// What a sample contributes to a step of SGD: the coefficients c_jμ of z_μ in the update of each weight, w_j ← w_j + (γ/pn) Σ_μ c_jμ z_μ, as a function of the fields.
/// For a loss with the error E they are a_j σ′(l_j) E.
/// </summary>
/// <param name="fields">Fields of a block of samples, one row for each student (l_1 … l_p) and then each teacher (s_1 … s_k), each row as long as the block.</param>
/// <param name="noise">ξ_μ ~ N(0, 1) of each sample, to be scaled; its length is the length of the block.</param>
/// <param name="coefficients">Receives c_jμ, one row for each student.</param>
public delegate void SampleCoefficients(ReadOnlySpan<double> fields, ReadOnlySpan<double> noise, Span<double> coefficients);
