"""What the database itself holds of score sheets, as PL/pgSQL bodies of triggers."""

# A signed sheet never changes: its scores are closed, and of the sheet only “void” may still happen.
SCORES_CLOSED = """
    SELECT state INTO sheet_state FROM panels_scoresheet
        WHERE id = COALESCE(NEW.sheet_id, OLD.sheet_id) FOR NO KEY UPDATE;
    IF sheet_state <> 'draft' THEN
        RAISE EXCEPTION 'signed_sheet' USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_sheet';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
SHEET_CLOSED = """
    IF TG_OP = 'DELETE' OR (OLD.comment, OLD.review_id, OLD.seat_id, OLD.rubric_id, OLD.total, OLD.signed_at)
        IS DISTINCT FROM (NEW.comment, NEW.review_id, NEW.seat_id, NEW.rubric_id, NEW.total, NEW.signed_at)
        OR NEW.state NOT IN ('signed', 'void') THEN
        RAISE EXCEPTION 'signed_sheet' USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_sheet';
    END IF;
    RETURN NEW;
"""
