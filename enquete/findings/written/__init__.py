"""What people write of what they read: findings, recommendations, types of cases, assessment, summaries, replies."""
