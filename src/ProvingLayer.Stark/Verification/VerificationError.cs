namespace ProvingLayer.Stark.Verification;

/// <summary>Why a proof was refused: one case per check, in the order in which they are made. The numbers are stable.</summary>
public enum VerificationError
{
    /// <summary>Nothing: the proof is accepted.</summary>
    None = 0,

    /// <summary>The file is not one this version reads: magic, version, lengths, non-canonical elements, trailing bytes.</summary>
    MalformedProof = 1,

    /// <summary>The key is inconsistent: parameters, chips, widths or bounds that key generation would not have produced.</summary>
    InvalidKey = 2,

    /// <summary>The key's profile is for tests only, and the caller did not allow it.</summary>
    ProfileRefused = 3,

    /// <summary>The number of public values is not the key's.</summary>
    PublicValueCount = 4,

    /// <summary>The header names circuits, hiding or a number of instances that the key does not allow.</summary>
    HeaderMismatch = 5,

    /// <summary>log N is above the key's bound.</summary>
    TooManyInstances = 6,

    /// <summary>Reads times heights reach p: multiplicities could wrap.</summary>
    TooManyReads = 7,

    /// <summary>The computed security is below what the profile promises.</summary>
    SecurityTooLow = 8,

    /// <summary>A part of the proof does not have the length that key and log N give it.</summary>
    WrongLength = 9,

    /// <summary>A nonce does not show its proof of work.</summary>
    ProofOfWork = 10,

    /// <summary>The out-of-domain point lies in a trace domain or in the domain of a codeword.</summary>
    PointInDomain = 11,

    /// <summary>The fingerprint of a boundary message is zero.</summary>
    ZeroDenominator = 12,

    /// <summary>Terminals and boundary messages do not add up to zero.</summary>
    BusImbalance = 13,

    /// <summary>The constraints at the out-of-domain point are not the quotient times the vanishing polynomial.</summary>
    ConstraintMismatch = 14,

    /// <summary>Opened rows do not lie under the committed root.</summary>
    MerkleMismatch = 15,

    /// <summary>A query's folded value is not the one its next layer holds.</summary>
    FoldMismatch = 16,

    /// <summary>The final polynomial does not have the value that a query folds to.</summary>
    FinalPolynomialMismatch = 17,

    /// <summary>The steps that a history claims are none, or more than the instances in its proof.</summary>
    StepCount = 18,
}
